"""Break-glass: what was asked, for those who may know; and the private talk itself, for who was let in, while it lasts.

The room's own gate (`conversations.audience`) knows nothing of it: no socket, search, list, export or mail can come to
hold what only these functions give out, each of which asks the times anew.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from mediation.conversations import snapshots
from mediation.conversations.models import Attachment, Member
from mediation.conversations.queries import history
from mediation.core import clock
from mediation.core.clock import iso
from mediation.core.errors import NotFound
from mediation.disputes import audience, errors
from mediation.disputes.models import BreakGlass, Dispute
from mediation.disputes.queries import conflicts, private_talks
from mediation.disputes.rules import glass as rules
from mediation.disputes.rules.glass import Status


@dataclass(frozen=True, slots=True)
class Talk:
    """A page of the private talk: the threads there are, the one that is shown, and its messages."""

    glass: BreakGlass
    threads: list[dict[str, Any]]
    shown: dict[str, Any]
    page: history.Page


def case_for(user: User, dispute_id: UUID) -> Dispute:
    """The case, for who may look into its private talks when a second person agrees. Raises NotFound."""
    dispute = audience.case_of(user, dispute_id)
    if not may_break(dispute, user):
        raise NotFound
    return dispute


def may_break(dispute: Dispute, user: User) -> bool:
    """Whether they may ask, agree and read. Who mediates in the room, or once did, may not: not even after the case has
    closed and nobody owns it any more, because what is looked at may be their own conduct.
    """
    return rules.may_break(audience.viewers(dispute, user)) and not has_mediated(dispute, user)


def has_mediated(dispute: Dispute, user: User) -> bool:
    """Whether they mediate in the case's room, or once did."""
    return rooms_mediated(user).filter(room=dispute.room_id).exists()


def rooms_mediated(user: User) -> QuerySet[Member, Any]:
    """The rooms in which they mediate or once did, as `room`."""
    return Member.objects.filter(user=user, role=Member.Role.MEDIATOR.value).values("room")


def reading(*, user: User, dispute_id: UUID, glass_id: UUID, now: datetime | None = None) -> BreakGlass:
    """The look, if it is this person's and open at this moment. Raises NotFound for anybody else, ReaderInConflict,
    NotOpened, ReadingOver.
    """
    dispute = case_for(user, dispute_id)
    asked = dispute.glasses.filter(pk=glass_id, asked_by=user).select_related("party").first()
    if asked is None:
        raise NotFound
    asked.dispute = dispute
    conflict = conflicts.check(user, dispute)
    if conflict != conflicts.CLEAR:
        raise errors.ReaderInConflict(detail={"conflict": conflict})
    status = rules.status(asked.times, now or clock.now())
    if status in (Status.WAITING, Status.APPROVED):
        raise errors.NotOpened
    if status is not Status.OPEN:
        raise errors.ReadingOver
    return asked


def talk(
    *, user: User, dispute_id: UUID, glass_id: UUID, thread_id: UUID | None = None, before: int | None = None
) -> Talk:
    """The newest page of a thread of that private talk, or the one before a seq; of the main one, if none is named.

    Raises like `reading`, and NotFound for a thread that is not of this talk.
    """
    asked = reading(user=user, dispute_id=dispute_id, glass_id=glass_id)
    spans = private_talks.spans(asked.dispute)
    threads = private_talks.threads(private_talks.private_threads(asked.dispute, asked.party_id), spans)
    shown = next((one for one in threads if thread_id in (None, one.pk)), None)
    if shown is None:
        raise NotFound
    page = private_talks.page(shown.pk, spans, before)
    return Talk(asked, [snapshots.thread(one) for one in threads], snapshots.thread(shown), page)


def file(*, user: User, dispute_id: UUID, glass_id: UUID, file_id: UUID) -> Attachment:
    """A file of that private talk. Raises like `reading`, and NotFound for any other file."""
    asked = reading(user=user, dispute_id=dispute_id, glass_id=glass_id)
    found = Attachment.objects.filter(
        private_talks.said(private_talks.spans(asked.dispute), "message__created_at"),
        pk=file_id,
        thread__in=private_talks.private_threads(asked.dispute, asked.party_id),
        message__removed_at__isnull=True,
    ).first()
    if found is None:
        raise NotFound
    return found


def rows(dispute: Dispute, viewer: User, now: datetime) -> list[dict[str, Any]]:
    """What the reader may know of looks into private talks, in the order in which they were asked for: all of it for
    who reads that chain; a party what it was told of its own talk; nothing for anybody else.
    """
    viewers = audience.viewers(dispute, viewer)
    found = dispute.glasses.select_related("asked_by", "decided_by").order_by("asked_at", "pk")
    if rules.knows(viewers):
        return [row(one, now) for one in found] if found and not has_mediated(dispute, viewer) else []
    was_closed = dispute.closed_at is not None or dispute.reopenings > 0
    if was_closed and viewer.pk in (dispute.filer_id, dispute.respondent_id):
        return [_told(one) for one in found.filter(party=viewer, told_at__isnull=False)]
    return []


def row(one: BreakGlass, now: datetime) -> dict[str, Any]:
    """One ask with everything about it; JSON-able."""
    return _told(one) | {
        "status": rules.status(one.times, now).value,
        "reason": one.reason,
        "note": one.note,
        "asked_at": iso(one.asked_at),
        "lapses_at": iso(one.lapses_at),
        "decided_by": snapshots.person(one.decided_by, "staff") if one.decided_by else None,
        "decided_at": _moment(one.decided_at),
        "ended_by": str(one.ended_by_id) if one.ended_by_id else None,
        "told_at": _moment(one.told_at),
    }


def asked_now(user: User) -> list[BreakGlass]:
    """Over all cases: what waits for a decision or can be read, newest first, for who may look into private talks."""
    if not audience.may_look(user):
        return []
    running = BreakGlass.objects.filter(ended_at__isnull=True).exclude(dispute__room__in=rooms_mediated(user))
    running = running.select_related(
        "dispute__room__contract", "dispute__filer", "dispute__respondent", "party", "asked_by", "decided_by"
    )
    return [one for one in running.order_by("-asked_at", "pk") if rules.knows(audience.viewers(one.dispute, user))]


def _told(one: BreakGlass) -> dict[str, Any]:
    """What the party is told of it."""
    return {
        "id": str(one.pk),
        "party": str(one.party_id),
        "ground": one.ground,
        "status": Status.OVER.value,
        "reason": "",
        "note": "",
        "asked_by": snapshots.person(one.asked_by, "staff"),
        "asked_at": iso(one.asked_at),
        "lapses_at": None,
        "decided_by": None,
        "decided_at": None,
        "opened_at": _moment(one.opened_at),
        "ends_at": _moment(one.ends_at),
        "ended_by": None,
        "ended_at": _moment(one.ended_at),
        "told_at": _moment(one.told_at),
    }


def _moment(value: datetime | None) -> str | None:
    return iso(value) if value else None
