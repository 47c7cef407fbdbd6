"""What a claim can be shown with: messages and files that everyone in the room has, what the contract says."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.models import User
from mediation.conversations.audience import readable_threads
from mediation.conversations.models import Contract, Message, Thread
from mediation.conversations.queries.search import search
from mediation.disputes import term_words
from mediation.disputes.queries import contract_terms
from mediation.web import case_references

Case = Mapping[str, Any]
Source = dict[str, str]
SHOWN = 20
TITLE = 200  # as many letters as evidence has for what it shows


def messages(user: User, case: Case, words: str) -> list[dict[str, Any]]:
    """The newest that everyone in the room has, or the newest with these words; what is chosen already is left out.

    `value`, `word`, `who` and `at` of each.
    """
    room, joint = UUID(case["room"]), Thread.Audience.JOINT.value
    threads = readable_threads(user).filter(room=room, audience=joint)
    found = Message.objects.filter(thread__in=threads, kind=Message.Kind.TEXT.value, removed_at__isnull=True)
    found = found.select_related("author").order_by("-created_at", "-seq")
    if words:
        hits = search(user=user, words=words, room_id=room, audience=joint, limit=SHOWN)["hits"]
        addresses = {(hit["thread"], hit["seq"]) for hit in hits}
        found = found.filter(thread__in={one for one, _seq in addresses}, seq__in={seq for _one, seq in addresses})
        rows = [one for one in found if (str(one.thread_id), one.seq) in addresses]
    else:
        rows = list(found[: SHOWN + len(case["view"]["picks"])])
    chosen = {_value(one["message"]) for one in case["view"]["picks"] if one["message"]}
    shown = [_message(one) for one in rows]
    return [one for one in shown if one["value"] not in chosen][:SHOWN]


def files(case: Case) -> list[Source]:
    """Files that were sent to everyone, the newest first; what is chosen already is left out."""
    chosen = {one["file"]["id"] for one in case["view"]["picks"] if one["file"]}
    found = case_references.options("file_id", case, "pick_evidence")
    return [{"value": f"file:{one['value']}", "word": one["word"]} for one in found if one["value"] not in chosen]


def terms(case: Case) -> list[Source]:
    """What the contract and its milestones say; what is chosen already is left out."""
    chosen = {one["term_id"] for one in case["view"]["picks"]}
    return [
        {"value": f"term:{one.id}", "word": term_words.written(one.term), "title": one.title}
        for one in contract_terms.of(Contract.objects.get(room=case["room"]))
        if str(one.id) not in chosen
    ]


def chosen(case: Case, source: str, title: str) -> dict[str, Any] | None:
    """The body of the command that picks a source, by its value; None for what is none. Without a title, it is called
    what it is.
    """
    kind, _colon, about = source.partition(":")
    if kind == "message" and (quoted := case_references.quoted(case, about)):
        address = case_references.address(about)
        return {"kind": "message", "title": title or short(quoted), "message": address}
    if kind == "file":
        word = next((one["word"] for one in files(case) if one["value"] == source), None)
        return {"kind": "file", "title": title or short(word), "file_id": about} if word else None
    if kind == "term":
        found = next((one for one in terms(case) if one["value"] == source), None)
        return {"kind": "term", "title": title or found["title"], "term_id": about} if found else None
    return None


def short(text: str) -> str:
    """The words as a title: in one line, cut where it is full."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE else f"{line[: TITLE - 1]}…"


def _value(address: Mapping[str, Any]) -> str:
    return f"message:{address['thread']}:{address['seq']}"


def _message(one: Message) -> dict[str, Any]:
    names = ", ".join(file["name"] for file in one.files)
    return {
        "value": _value({"thread": one.thread_id, "seq": one.seq}),
        "word": one.body or names,
        "who": one.author.name if one.author else "",
        "at": one.created_at,
    }
