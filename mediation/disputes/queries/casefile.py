"""The case file of one reader: everything they may read of a case, with the proof that nothing in it was changed."""

import hmac
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.disputes import audience as gate
from mediation.disputes.models import Dispute
from mediation.disputes.queries import chains, glass, people
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules import casefile as rules
from mediation.disputes.rules.chain import BEGINNING

HOW_TO_CHECK = (
    "content_hash is the SHA-256 of content as JSON in UTF-8 with sorted names and no white space. hash is the SHA-256 "
    "of previous_hash, number, type, actor, audience, content_hash and at, joined by line breaks; the first "
    "previous_hash is 64 zeros. content {} was erased by right; its content_hash stays. sha256 of an item of evidence "
    "is that of its file, of its term written as JSON in the same way, or else of its excerpt in UTF-8, and stands in "
    "the joint chain."
)
PASSING = frozenset({"actions", "conflict", "filing"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What we can say of a file that somebody brings. `is_known`: it is of a case and of chains that they may read.

    `is_sealed`: every part of it is as we wrote it. `broken`: the first entry that does not hold. `is_ours`: each of
    its chains is the beginning of ours. `newer`: how many entries have been added since.
    """

    is_known: bool
    is_sealed: bool = False
    broken: rules.ChainBreak | None = None
    is_ours: bool = False
    newer: int = 0
    missing: tuple[str, ...] = ()
    case: dict[str, Any] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whole, unchanged, and the beginning of what we hold."""
        return self.is_known and self.is_sealed and self.broken is None and self.is_ours and not self.missing


def audiences(dispute: Dispute, viewer: User) -> tuple[str, ...]:
    """The chains that the viewer may read; none for who has no part in the case."""
    is_client = (viewer.pk == dispute.filer_id) == dispute.filer_is_client
    mine = rules.audiences(gate.viewers(dispute, viewer), is_client=is_client)
    if rules.GLASS in mine and glass.has_mediated(dispute, viewer):
        return tuple(one for one in mine if one != rules.GLASS)
    return mine


def export(dispute: Dispute, viewer: User) -> dict[str, Any]:
    """The file as a document of plain values, sealed. Raises NotFound for who may read nothing of the case."""
    mine = audiences(dispute, viewer)
    if not mine:
        raise NotFound
    stored = chains.entries_of(dispute.pk, mine)
    document = {
        "format": rules.FORMAT,
        "written_at": clock.iso(clock.now()),
        "written_for": str(viewer.pk),
        "how_to_check": HOW_TO_CHECK,
        "case": head(dispute),
        "people": people.names(dispute),
        "view": _lasting(case_view(dispute, viewer)),
        "chains": [_chain(audience, stored.get(audience, [])) for audience in mine],
    }
    return document | {rules.SEAL: seal(document)}


def head(dispute: Dispute) -> dict[str, Any]:
    """What everybody who may read the case knows of it."""
    return {
        "id": str(dispute.pk),
        "number": dispute.number,
        "contract": dispute.room.contract.title,
        "filer": {"id": str(dispute.filer_id), "name": dispute.filer.name},
        "respondent": {"id": str(dispute.respondent_id), "name": dispute.respondent.name},
        "filer_is_client": dispute.filer_is_client,
        "track": dispute.track,
        "state": dispute.state,
        "outcome": dispute.outcome,
        "version": dispute.version,
        "currency": dispute.currency,
        "amount_minor": dispute.amount_minor,
        "settled_refund_minor": dispute.settled_refund_minor,
        "filed_at": clock.iso(dispute.filed_at) if dispute.filed_at else None,
        "closed_at": clock.iso(dispute.closed_at) if dispute.closed_at else None,
    }


def seal(document: dict[str, Any]) -> str:
    """Over the whole document, so that the parts outside the chains cannot be changed either."""
    return salted_hmac("mediation.disputes.casefile", rules.canonical(document), algorithm="sha256").hexdigest()


def check(text: bytes, viewer: User) -> Verdict:
    """Look at a file that somebody brings. A case they may not read and one that does not exist answer alike.

    Raises Unreadable where it is no case file.
    """
    document = rules.read(text)
    broken = rules.find_file_break(document)
    dispute = _dispute(document["case"].get("id"))
    mine = audiences(dispute, viewer) if dispute is not None else ()
    if dispute is None or not mine or not {chain["audience"] for chain in document["chains"]} <= set(mine):
        return Verdict(is_known=False, broken=broken)
    brought = rules.heads(document) if broken is None else {}
    ours = {audience: chains.head_at(dispute.pk, audience, number) for audience, (number, _) in brought.items()}
    now = {audience: len(entries) for audience, entries in chains.entries_of(dispute.pk, mine).items()}
    return Verdict(
        is_known=True,
        is_sealed=hmac.compare_digest(str(document.get(rules.SEAL, "")).encode(), seal(document).encode()),
        broken=broken,
        is_ours=broken is None and all(ours[audience] == hash_ for audience, (_, hash_) in brought.items()),
        newer=sum(max(now.get(audience, 0) - number, 0) for audience, (number, _) in brought.items()),
        missing=tuple(audience for audience in mine if broken is None and audience not in brought),
        case=head(dispute),
        heads=brought,
    )


def _lasting(view: dict[str, Any]) -> dict[str, Any]:
    """What of a view is a fact of the case; what could be done at the moment of reading it is none."""
    return {name: part for name, part in view.items() if name not in PASSING}


def _chain(audience: str, entries: list[Any]) -> dict[str, Any]:
    links = [chains.link_of(entry) for entry in entries]
    written = [rules.exported_entry(link, entry.content) for link, entry in zip(links, entries, strict=True)]
    last = (links[-1].number, links[-1].hash) if links else (0, BEGINNING)
    return {"audience": audience, "entries": written, "head": {"number": last[0], "hash": last[1]}}


def _dispute(id_: Any) -> Dispute | None:
    try:
        found = UUID(str(id_))
    except ValueError:
        return None
    return Dispute.objects.select_related("room__contract", "filer", "respondent").filter(pk=found).first()
