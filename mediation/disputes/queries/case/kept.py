"""What everyone in the room was shown once and can read again: shared words, a decision by silence, replaced texts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from mediation.conversations.models import Thread
from mediation.core.clock import iso
from mediation.disputes.models import CaseEntry, Dispute
from mediation.disputes.queries.case import claim, mediation
from mediation.disputes.queries.case.reader import Reader, moment
from mediation.disputes.queries.notices import OF_THE_CLAIM
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import Outcome
from mediation.disputes.rules.visibility import Thing

JOINT = Thread.Audience.JOINT.value


def kept(reader: Reader, defaults: dict[UUID, CaseEntry]) -> dict[str, Any]:
    """`defaults` are from `default_entries`."""
    return {
        "shared": shared(reader),
        "default": default(reader, defaults.get(reader.dispute.pk)),
        "former_agreements": former_agreements(reader),
        "former_recommendations": former_recommendations(reader),
    }


def shared(reader: Reader) -> list[dict[str, Any]]:
    """Words of a private talk that their speaker has let everyone read. When they were asked for stays private."""
    if not reader.reads(Thing.JOINT):
        return []
    granted = [one for one in reader.dispute.releases.all() if one.is_granted and one.decided_at]
    return [
        {"id": str(one.pk), "party": str(one.party_id), "text": one.text, "shared_at": moment(one.decided_at)}
        for one in sorted(granted, key=lambda one: (one.decided_at, str(one.pk)))
    ]


def default_entries(cases: Sequence[Dispute]) -> dict[UUID, CaseEntry]:
    """By case, the entry with which it was decided by silence, newest last; asked for only where there may be one."""
    asked = [one.pk for one in cases if one.outcome == Outcome.DEFAULTED.value or one.reopenings]
    if not asked:
        return {}
    found = CaseEntry.objects.filter(dispute__in=asked, type="dispute.confirm_default", audience=JOINT)
    return {one.dispute_id: one for one in found.order_by("number")}


def default(reader: Reader, entry: CaseEntry | None) -> dict[str, Any] | None:
    """Why nobody's answer decided the case: the reason, the notices as they were handed over, until when no money
    moves.
    """
    if entry is None or not reader.reads(Thing.JOINT):
        return None
    dispute = reader.dispute
    stays = [one for one in dispute.deadlines.all() if one.kind == Kind.STAY.value and one.set_at >= entry.at]
    notices = [
        {"code": one.code, "channel": one.channel, "handed_over_at": iso(one.handed_over_at)}
        for one in dispute.notices.all()
        if one.code in OF_THE_CLAIM and one.to_id == dispute.respondent_id and one.handed_over_at
    ]
    return {
        "reason": entry.content.get("reason", ""),
        "refund_minor": dispute.claimed_refund_minor,
        "confirmed_at": iso(entry.at),
        "stays_until": moment(max((one.due_at for one in stays), default=None)),
        "has_moved": any(one.given_at >= entry.at for one in dispute.instructions.all()),
        "notices": sorted(notices, key=lambda one: (one["handed_over_at"], one["channel"])),
    }


def former_agreements(reader: Reader) -> list[dict[str, Any]]:
    """Texts that no longer stand, the newest first, with who had accepted them."""
    if not reader.reads(Thing.PROPOSALS):
        return []
    texts = [one for one in reader.dispute.agreements.all() if one.void_at is not None]
    return [claim.text_of(reader, one) for one in sorted(texts, key=lambda one: one.version, reverse=True)]


def former_recommendations(reader: Reader) -> list[dict[str, Any]]:
    """Recommendations that were out and that a later one or a new round has replaced, the newest first."""
    if not reader.reads(Thing.PROPOSALS):
        return []
    current = mediation.recommendation(reader, reader.dispute.reopenings)
    out = [one for one in reader.dispute.recommendations.all() if one.issued_at]
    shown = [mediation.proposal_of(reader, one) for one in sorted(out, key=lambda one: one.number, reverse=True)]
    return [one for one in shown if current is None or one["id"] != current["id"]]
