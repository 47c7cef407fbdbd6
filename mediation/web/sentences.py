"""The room's words put together for one reader: whose name stands where. The scripts' twin is the second
half of static/js/room/timeline.js; a browser test holds the two together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from mediation.disputes.money import money
from mediation.disputes.words import PHASES
from mediation.sla.words import METRICS
from mediation.web import words

Card = Mapping[str, Any]
SOUNDS_I = re.compile("h?[ií](?![aeou])", re.IGNORECASE)  # Spanish says “e” before it; not before “hielo”
PRIVATE = {"caucus_client": "client", "caucus_freelancer": "freelancer"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and whom they read about: `people` by id (all who ever wrote), `members` those in the room now."""

    me: str
    people: Mapping[str, Card]
    members: Sequence[Card]

    def name(self, person: str | None) -> str:
        card = self.people.get(person or "")
        return card["name"] if card else "Upwork"

    def first_name(self, person: str | None) -> str:
        card = self.people.get(person or "")
        return card["first_name"] if card else "Upwork"

    def with_role(self, role: str) -> Card | None:
        """The member who has the role now."""
        return next((card for card in self.members if card["role"] == role), None)


def kind_of(audience: str) -> str:
    """The audience as the words and the styles name it: joint, caucus or internal."""
    return "caucus" if audience.startswith("caucus") else audience


def join_names(names: Iterable[str]) -> str:
    """“Ana, Mateo and Helen”, in the reader's language."""
    *before, last = list(names) or [""]
    if not before:
        return last
    return words.TIMELINE["and_i" if SOUNDS_I.match(last) else "and"] % {"first": ", ".join(before), "last": last}


def thread_words(thread: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    """All that a thread is called: its tab, its audience line, its field and its button."""
    kind = kind_of(thread["audience"])
    spoken = words.AUDIENCES[kind]
    fill = {**_partner(thread, reader), **_listeners(thread, reader)}
    said = {key: str(text) % fill for key, text in spoken.items() if key not in {"icon", "goes"}}
    if kind == "joint" and not fill["names"]:
        said["who"] = said["nobody"]
    if kind == "caucus" and not fill["present"]:
        said["tab"] = said["tab_alone"]
    if not thread["is_main"]:
        said["tab"] = thread["title"]
    return {**said, "icon": spoken["icon"] if thread["is_main"] or kind != "joint" else "thread", "kind": kind}


def _partner(thread: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    """The other person of a private thread."""
    party = PRIVATE.get(thread["audience"])
    if party is None:
        return {"name": "", "first": "", "present": ""}
    mine = reader.people.get(reader.me, {}).get("role")
    card = reader.with_role("mediator" if mine == party else party)
    someone = str(words.AUDIENCES["caucus"]["mediator"])
    return {"name": card["name"] if card else someone, "first": card["first_name"] if card else someone,
            "present": "yes" if card else ""}  # fmt: skip


def _listeners(thread: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    """Who reads the thread beside the reader, and who of the room does not."""
    party = PRIVATE.get(thread["audience"])
    others = [card for card in reader.members if card["id"] != reader.me]
    if party:
        outside = [card for card in others if card["role"] not in {party, "mediator"}]
    else:
        outside = [card for card in others if card["role"] in {"client", "freelancer"}]
    return {
        "names": join_names(card["name"] for card in others),
        "others": join_names(card["first_name"] for card in outside),
    }


def system_key(code: str, params: Mapping[str, Any], author: str | None, me: str) -> str:
    """Which sentence of `words.SYSTEM` says a system line to this reader."""
    if code == "thread.opened":
        audience = params.get("audience", "joint")
        code += f".{kind_of(audience)}" if params.get("is_main") else ".topic"
    if code == "dispute.grant_release" and "release" in params:
        code += ".card"  # the words stand on it
    if code == "dispute.answer_disclosure" and params.get("is_yes") is False:
        code += ".no"
    for of, own in ((author, f"{code}.you"), (params.get("person"), f"{code}.me")):
        if of == me and own in words.SYSTEM:
            return own
    return code if code in words.SYSTEM else "unknown"


def system_line(message: Mapping[str, Any], reader: Reader) -> SafeString:
    """A system line as a sentence with the person's name in bold."""
    params = message["params"]
    key = system_key(message["code"], params, message["author"], reader.me)
    who = reader.first_name(params.get("person") or message["author"])
    return _sentence(key, who, {**params, **_derived(params, reader)})


def _derived(params: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    """Sums in the reader's language, whom something was asked of, what a clock measures, and the phase that began."""
    said = {}
    if currency := params.get("currency"):
        sums = {name: params[f"{name}_minor"] for name in ("amount", "refund", "release") if f"{name}_minor" in params}
        said = {name: money(minor, currency, get_language() or "en") for name, minor in sums.items()}
    if metric := params.get("metric"):
        said["what"] = str(METRICS[metric])
    if phase := params.get("phase"):
        said["to"] = str(PHASES[phase])
    return said | ({"of": reader.first_name(params["of"])} if "of" in params else {})


def removed_line(message: Mapping[str, Any], reader: Reader) -> SafeString:
    """What stands where a message was."""
    removed = message["removed"]
    key = "removed.why" if removed["reason"] else "removed"
    key += ".you" if removed["by"] == reader.me else ""
    return _sentence(key, reader.first_name(removed["by"]), removed)


class _Fill(dict[str, str]):
    """A line that was stored before its sentence named more has dots where it says nothing."""

    def __missing__(self, name: str) -> str:
        return "…"


def _sentence(key: str, who: str, params: Mapping[str, Any]) -> SafeString:
    fill = {name: conditional_escape(str(value)) for name, value in params.items()}
    return mark_safe(str(conditional_escape(words.SYSTEM[key])) % _Fill({**fill, "who": format_html("<b>{}</b>", who)}))  # noqa: S308


def role_word(card: Card, reader: Reader) -> str:
    """“Client · you”."""
    word = str(words.ROLES[card["role"]])
    return f"{word} · {words.TIMELINE['you']}" if card["id"] == reader.me else word


def file_size(size: int) -> str:
    """Bytes as “8.1 kB”, “340 kB” or “2.5 MB”."""
    shown, unit = max(size / 1024, 0.1), "kB"
    for larger in ("MB", "GB"):
        if shown < 1024:
            break
        shown, unit = shown / 1024, larger
    value = round(shown, 1) if shown < 10 else round(shown)
    return f"{number_format(value if value != int(value) else int(value))} {unit}"


def day(moment: datetime) -> str:
    """“Today, Tuesday 18 November” in the reader's zone; with the year when it is another one."""
    local, today = timezone.localtime(moment).date(), timezone.localdate()
    said = _day(local, with_year=local.year != today.year)
    gone = (today - local).days
    if gone == 0:
        return str(words.TIMELINE["today"]) % {"day": said}
    return str(words.TIMELINE["yesterday"]) % {"day": said} if gone == 1 else said


def _day(local: date, *, with_year: bool) -> str:
    pattern = words.TIMELINE["day_year" if with_year else "day"]
    fill = {"weekday": WEEKDAYS[local.weekday()], "day": local.day, "month": MONTHS[local.month], "year": local.year}
    return str(pattern) % fill
