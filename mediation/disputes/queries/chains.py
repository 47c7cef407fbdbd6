"""The chains of a case as they are stored: reading them, and whether they hold."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from mediation.disputes.models import CaseEntry, Dispute, Evidence, Performed
from mediation.disputes.rules import exhibits
from mediation.disputes.rules.casefile import ABOVE_CAPACITY, INTERNAL, JOINT, ChainBreak, content_break
from mediation.disputes.rules.chain import BEGINNING, Break, How, Link, find_break


def link_of(entry: CaseEntry) -> Link:
    """What the chain needs of a stored entry."""
    return Link(
        entry.number,
        entry.type,
        str(entry.actor_id or ""),
        entry.audience,
        entry.content_hash,
        entry.previous_hash,
        entry.hash,
        entry.at,
    )


def entries_of(dispute_id: UUID, audiences: tuple[str, ...] | None = None) -> dict[str, list[CaseEntry]]:
    """The entries of the case by chain, in order; of these chains, or of all."""
    rows = CaseEntry.objects.filter(dispute=dispute_id)
    if audiences is not None:
        rows = rows.filter(audience__in=audiences)
    found: dict[str, list[CaseEntry]] = {}
    for entry in rows.order_by("audience", "number"):
        found.setdefault(entry.audience, []).append(entry)
    return found


def head_at(dispute_id: UUID, audience: str, number: int) -> str | None:
    """The hash that one of our chains has at an entry; None where it has no such entry."""
    if number == 0:
        return BEGINNING
    entries = CaseEntry.objects.filter(dispute=dispute_id, audience=audience, number=number)
    return entries.values_list("hash", flat=True).first()


def breaks(dispute: Dispute) -> Iterator[ChainBreak]:
    """Where the stored chains do not hold: edited, deleted, inserted, reordered or cut off. Nothing if they do.

    An end that was cut off shows in what else counts the commands: the version of the case, and the results kept for
    repeated commands.
    """
    chains = entries_of(dispute.pk)
    for audience, entries in chains.items():
        broken = _broken(entries)
        if broken:
            yield ChainBreak(audience, broken)
    written = {audience: len(entries) for audience, entries in chains.items()}
    if written.get(JOINT, 0) != dispute.version:
        yield ChainBreak(JOINT, Break(written.get(JOINT, 0) + 1, How.END))
    yield from _missing_commands(dispute, chains)
    recorded = exhibits.recorded(entry.content for entry in chains.get(JOINT, []))
    changed = exhibits.find_break(_items(dispute), recorded)
    if changed:
        yield ChainBreak(exhibits.EVIDENCE, changed)


def _items(dispute: Dispute) -> Iterator[dict[str, Any]]:
    """The evidence as it is stored, also what parties do not see any more."""
    fields = ("number", "sha256", "term", "excerpt", "attachment")
    for one in Evidence.objects.filter(dispute=dispute).order_by("number").values(*fields):
        yield one | {"is_words": one["attachment"] is None}


def _broken(entries: list[CaseEntry]) -> Break | None:
    links = [link_of(entry) for entry in entries]
    contents = (content_break(link, entry.content) for link, entry in zip(links, entries, strict=True))
    return find_break(links) or next((wrong for wrong in contents if wrong), None)


def _missing_commands(dispute: Dispute, chains: dict[str, list[CaseEntry]]) -> Iterator[ChainBreak]:
    """A command that somebody is known to have said and that no chain holds, or that is there once too often."""
    said: Counter[tuple[str, UUID | None]] = Counter()
    for command, actor_id in Performed.objects.filter(dispute=dispute).values_list("command", "actor"):
        said[f"dispute.{command}", actor_id] += 1
    for entries in chains.values():
        for entry in entries:
            if entry.actor_id and not _is_reason(entry):
                said[entry.type, entry.actor_id] -= 1
    wrong = {count for (_, actor_id), count in said.items() if actor_id and count}
    if wrong:
        yield ChainBreak("commands", Break(0, How.END if max(wrong) > 0 else How.OTHER))


def _is_reason(entry: CaseEntry) -> bool:
    """Why a case was taken above an agent's capacity: of a command that has an entry already."""
    return entry.audience == INTERNAL and entry.type.removeprefix("dispute.") in ABOVE_CAPACITY
