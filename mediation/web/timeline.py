"""The rows of a timeline as the template draws them: days, the line of what is new, messages, events, the join card.

The page's scripts draw the same rows from the same snapshots (`rows` in static/js/lib/state.js).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from mediation.conversations.rules.text import preview
from mediation.web import case_cards, folds, moments, sentences, words
from mediation.web.line_icons import icon_of
from mediation.web.sentences import Reader

TOGETHER = timedelta(minutes=5)
QUOTE_LENGTH = 120

Line = Mapping[str, Any]
Row = dict[str, Any]


def rows(
    thread: Mapping[str, Any],
    messages: Sequence[Line],
    reader: Reader,
    *,
    quoted: Iterable[Line] = (),
    divider: int | None = None,
) -> Iterator[Row]:
    """Every row in order. `divider` is how far the reader had read when the page was asked for, or None for no line."""
    by_seq = {line["seq"]: line for line in (*quoted, *messages)}
    day: date | None = None
    before: Line | None = None
    for line in messages:
        at = datetime.fromisoformat(line["at"])
        local = timezone.localtime(at).date()
        if local != day:
            day, before = local, None
            yield {"kind": "day", "key": f"day-{local.isoformat()}", "text": sentences.day(at)}
        if divider is not None and line["seq"] > divider and line["author"] != reader.me and _is_text(line):
            divider, before = None, None
            yield {"kind": "new", "key": "new", "text": words.TIMELINE["new_since"] % {"time": moments.clock(at)}}
        row = _row(thread, line, at, reader, by_seq)
        row["more"] = _continues(before, line)
        row["version"] = f"{line['rev']}.{int(row['more'])}"
        yield row
        before = line


def _is_text(line: Line) -> bool:
    return line["kind"] == "text" and not line["removed"]


def _continues(before: Line | None, line: Line) -> bool:
    """Whether a line stands under the one before without a head of its own. Both are of the same day."""
    if before is None or not _is_text(before) or not _is_text(line) or line["reply_to"]:
        return False
    apart = datetime.fromisoformat(line["at"]) - datetime.fromisoformat(before["at"])
    return before["author"] == line["author"] and apart < TOGETHER


def _row(thread: Mapping[str, Any], line: Line, at: datetime, reader: Reader, by_seq: Mapping[int, Line]) -> Row:
    row: Row = {
        "key": f"m-{line['seq']}",
        "seq": line["seq"],
        "at": at,
        "iso": line["at"],
        "audience": thread["audience"],
        "shows": "",
    }
    if line["removed"]:
        return {**row, "kind": "event", "icon": "x", "line": sentences.removed_line(line, reader)}
    if line["kind"] == "system":
        return {**row, **_system(line, reader)}
    return {**row, "kind": "message", **_message(line, reader), "quote": _quote(line, reader, by_seq)}


def _system(line: Line, reader: Reader) -> Row:
    if line["code"] == "member.joined" and line["params"].get("role") == "mediator":
        card = reader.people.get(line["params"]["person"])
        if card:
            return {"kind": "join", "card": card, "title": words.TIMELINE["joined_title"] % {"name": card["name"]}}
    shows = case_cards.key_of(line["code"], line["params"])
    return {
        "kind": "event",
        "icon": icon_of(line["code"]),
        "line": sentences.system_line(line, reader),
        "shows": shows,
        "family": folds.FAMILY_OF.get(line["code"]),
    }


def _message(line: Line, reader: Reader) -> Row:
    card = reader.people.get(line["author"]) or {
        "id": "",
        "name": "Upwork",
        "initials": "U",
        "role": "staff",
        "avatar": None,
    }
    return {
        "card": card,
        "mine": line["author"] == reader.me,
        "mentions_you": reader.me in line["mentions"],
        "role_word": sentences.role_word(card, reader),
        "html": line["html"],
        "files": [{**file, "shown_size": sentences.file_size(file["size"])} for file in line["files"]],
        "reactions": [_reaction(name, people, reader) for name, people in line["reactions"].items() if people],
        "edited_at": datetime.fromisoformat(line["edited_at"]) if line["edited_at"] else None,
    }


def _reaction(name: str, people: list[str], reader: Reader) -> Row:
    known = words.REACTIONS.get(name, {"sign": "·", "word": name})
    names = sentences.join_names(reader.first_name(person) for person in people)
    label = words.ACTIONS["reaction_by"] % {"word": known["word"], "names": names}
    return {"name": name, "sign": known["sign"], "count": len(people), "mine": reader.me in people, "label": label}


def _quote(line: Line, reader: Reader, by_seq: Mapping[int, Line]) -> Row | None:
    if not line["reply_to"]:
        return None
    target = by_seq.get(line["reply_to"])
    if target is None:
        return {"seq": line["reply_to"], "name": "", "text": words.TIMELINE["reply_far"]}
    if target["removed"]:
        return {"seq": target["seq"], "name": "", "text": words.TIMELINE["reply_gone"]}
    return {
        "seq": target["seq"],
        "name": reader.first_name(target["author"]),
        "text": preview(target["text"], QUOTE_LENGTH),
    }


def seen(thread: Mapping[str, Any], messages: Sequence[Line], reader: Reader) -> dict[int, str]:
    """Who has read the reader's newest words, and who their newest offer: “Seen by Ana and Mateo” by seq."""
    found = {}
    for is_kind in (_is_text, _is_offer):
        for line in reversed(messages):
            names = _seen_by(line, thread, reader) if is_kind(line) and line["author"] == reader.me else []
            if names:
                found[line["seq"]] = words.TIMELINE["seen"] % {"names": sentences.join_names(names)}
                break
    return found


def _is_offer(line: Line) -> bool:
    return line["code"] in case_cards.OFFERING


def _seen_by(line: Line, thread: Mapping[str, Any], reader: Reader) -> list[str]:
    """The others whose reading has gone past the line."""
    read = [card for card in reader.members if thread["reads"].get(card["id"], 0) >= line["seq"]]
    return [card["first_name"] for card in read if card["id"] != reader.me]
