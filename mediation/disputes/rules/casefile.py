"""A case file as somebody takes it away: its form, and what can be told of it without asking us.

`{format, case, chains: [{audience, entries, head}], ..., seal}`. Each entry carries its content and the hashes, so that
anybody can compute the chain again; the seal is over the whole document and only we can make it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from mediation.core.clock import from_iso, iso
from mediation.disputes.rules import exhibits, glass, visibility
from mediation.disputes.rules.chain import BEGINNING, Break, How, Link, content_hash, find_break
from mediation.disputes.rules.visibility import Level, Thing, Viewer

FORMAT = "parley-case-file-1"
SEAL = "seal"

JOINT, INTERNAL, GLASS = "joint", "internal", "glass"
CAUCUSES = ("caucus_client", "caucus_freelancer")

# May be said above an agent's capacity. The reason is a second entry, for staff, beside the one that everybody reads.
ABOVE_CAPACITY = frozenset({"claim", "assign", "reassign", "take_level"})


class Unreadable(ValueError):
    """It is no case file at all."""


class ChainBreak(NamedTuple):
    """Where a file is broken: the chain, and the first entry that does not hold."""

    audience: str
    found: Break

    def __str__(self) -> str:
        return f"{self.audience}: {self.found}"


def audiences(viewers: frozenset[Viewer], *, is_client: bool) -> tuple[str, ...]:
    """The chains that somebody may read: a party's own and the joint one; who reads the chain otherwise, the joint one
    and the notes, both private ones where they read along there, and the one of who looked into a private talk.
    """
    if visibility.level(Thing.CHAIN, viewers) is Level.OWN:
        side = "client" if is_client else "freelancer"
        return (JOINT, f"caucus_{side}", f"own_{side}")
    if not visibility.reads(Thing.CHAIN, viewers):
        return ()
    private = CAUCUSES if visibility.reads(Thing.CAUCUS, viewers) else ()
    return (JOINT, *private, INTERNAL, *((GLASS,) if glass.knows(viewers) else ()))


def exported_entry(link: Link, content: dict[str, Any]) -> dict[str, Any]:
    """An entry as the file holds it."""
    return {
        "number": link.number,
        "type": link.type,
        "at": iso(link.at),
        "actor": link.actor,
        "audience": link.audience,
        "content": content,
        "content_hash": link.content_hash,
        "previous_hash": link.previous_hash,
        "hash": link.hash,
    }


def canonical(document: dict[str, Any]) -> bytes:
    """What the seal is over: the document without its seal, as JSON in UTF-8, names sorted, no white space."""
    return orjson.dumps({name: part for name, part in document.items() if name != SEAL}, option=orjson.OPT_SORT_KEYS)


def written(document: dict[str, Any]) -> bytes:
    """The document as people take it away: indented, so that it can be read without a program."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def read(text: bytes) -> dict[str, Any]:
    """The document in a file. Raises Unreadable."""
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as wrong:
        raise Unreadable("this is not JSON") from wrong
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Unreadable("this is not a case file")
    chains = document.get("chains")
    if not isinstance(document.get("case"), dict) or not isinstance(chains, list):
        raise Unreadable("parts of the case file are missing")
    named = [chain.get("audience") for chain in chains if isinstance(chain, dict)]
    if len(named) != len(chains) or not all(isinstance(name, str) for name in named) or len({*named}) != len(named):
        raise Unreadable("the lists of the case file cannot be told apart")
    return document


def heads(document: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """The last number and hash of each chain in a file that was found to hold."""
    found = {}
    for chain in document["chains"]:
        entries = chain["entries"]
        found[chain["audience"]] = (entries[-1]["number"], entries[-1]["hash"]) if entries else (0, BEGINNING)
    return found


def find_file_break(document: dict[str, Any]) -> ChainBreak | None:
    """The first chain in a file that does not hold, or else the first item of evidence that is not as it was put
    forward; computed from the file alone. Raises Unreadable.
    """
    for chain in document["chains"]:
        try:
            audience, entries = chain["audience"], list(chain["entries"])
            found = _break_of(audience, entries, chain["head"])
        except (KeyError, TypeError, AttributeError, ValueError, IndexError) as wrong:
            raise Unreadable("an entry of the case file cannot be read") from wrong
        if found:
            return ChainBreak(audience, found)
    try:
        changed = exhibits.find_break(_items(document), exhibits.recorded(_contents(document)))
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise Unreadable("an item of evidence cannot be read") from wrong
    return ChainBreak(exhibits.EVIDENCE, changed) if changed else None


def _items(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What of the evidence can be computed without its files. A file from before terms had a code names none."""
    for one in document.get("view", {}).get("evidence", []):
        is_words = one["file"] is None and one.get("redacted") is None
        yield {"number": one["number"], "sha256": one["sha256"], "term": one.get("term"), "excerpt": one["excerpt"],
               "is_words": is_words}  # fmt: skip


def _contents(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for chain in document["chains"]:
        if chain["audience"] == JOINT:
            yield from (entry["content"] for entry in chain["entries"])


def content_break(link: Link, content: dict[str, Any]) -> Break | None:
    """A content that is not what was hashed. An empty one was erased by right, and breaks nothing."""
    if content and content_hash(content) != link.content_hash:
        return Break(link.number, How.CONTENT)
    return None


def _break_of(audience: str, entries: list[dict[str, Any]], head: dict[str, Any]) -> Break | None:
    links = [_link(entry) for entry in entries]
    broken = find_break(links)
    if broken:
        return broken
    for link, entry in zip(links, entries, strict=True):
        wrong = content_break(link, entry["content"])
        if wrong or link.audience != audience:
            return wrong or Break(link.number, How.OTHER)
    last = (links[-1].number, links[-1].hash) if links else (0, BEGINNING)
    if type(head["number"]) is not int or last != (head["number"], head["hash"]):
        return Break(last[0] + 1, How.END)
    return None


def _link(entry: dict[str, Any]) -> Link:
    """Raises TypeError for a number that only looks like one: what is asked of our own chain comes from here."""
    if type(entry["number"]) is not int:
        raise TypeError("the number of an entry")
    return Link(
        entry["number"],
        str(entry["type"]),
        str(entry["actor"]),
        str(entry["audience"]),
        str(entry["content_hash"]),
        str(entry["previous_hash"]),
        str(entry["hash"]),
        from_iso(entry["at"]),
    )
