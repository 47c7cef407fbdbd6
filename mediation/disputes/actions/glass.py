"""Break-glass: asking to read a private talk, agreeing to it as a second person, opening it, ending it early.

It goes past the workflow's table: nothing of the case changes by it, and nobody of it may notice (decisions/0021).
Every act is an entry in a chain of its own, which neither the parties nor the mediator read.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.core.tries import patiently
from mediation.disputes import errors
from mediation.disputes.actions import records
from mediation.disputes.actions.saying import keep
from mediation.disputes.models import BreakGlass, Dispute, Performed
from mediation.disputes.queries import conflicts
from mediation.disputes.queries.glass import may_break
from mediation.disputes.queries.private_talks import private_threads
from mediation.disputes.rules import glass as rules
from mediation.disputes.rules.casefile import GLASS
from mediation.disputes.rules.glass import Ground, Status
from mediation.disputes.rules.policy import Terms

Act = Callable[[Dispute, datetime], BreakGlass]


def ask(
    *, user: User, dispute_id: UUID, party_id: UUID, ground: Ground, reason: str, command_id: UUID | None = None
) -> BreakGlass:
    """Ask for the private talk of one party. Said again under the same id it is the same ask.

    Raises NotFound for whom the table does not let read it this way, ReaderInConflict, NotAParty, NoPrivateTalk,
    ReasonMissing, AskedAlready, IdUsed.
    """

    def act(dispute: Dispute, now: datetime) -> BreakGlass:
        _check_free(user, dispute)
        if party_id not in (dispute.filer_id, dispute.respondent_id):
            raise errors.NotAParty
        if not private_threads(dispute, party_id).exists():
            raise errors.NoPrivateTalk
        if not reason.strip():
            raise errors.ReasonMissing
        if dispute.glasses.filter(party=party_id, asked_by=user, ended_at__isnull=True).exists():
            raise errors.AskedAlready
        asked = BreakGlass.objects.create(
            dispute=dispute,
            party_id=party_id,
            ground=ground.value,
            reason=reason.strip(),
            asked_by=user,
            asked_at=now,
            lapses_at=rules.lapse(now, Terms.of(dispute.policy.terms)),
        )
        log(asked, "ask_glass", user.pk, now, ground=asked.ground, reason=asked.reason)
        return asked

    return _do(user, dispute_id, "ask_glass", command_id, act)


def approve(
    *, user: User, dispute_id: UUID, glass_id: UUID, note: str = "", command_id: UUID | None = None
) -> BreakGlass:
    """A second person agrees; the time to read runs from now. Of two at once the first decides.

    Raises NotFound (also for who has mediated here), ReaderInConflict, SecondPerson, DecidedAlready, IdUsed.
    """

    def act(dispute: Dispute, now: datetime) -> BreakGlass:
        asked = _to_decide(user, dispute, glass_id, now)
        asked.is_approved, asked.ends_at = True, rules.end(now, Terms.of(dispute.policy.terms))
        _decide(asked, user, note, now)
        log(asked, "approve_glass", user.pk, now, note=asked.note, ends_at=clock.iso(asked.ends_at))
        return asked

    return _do(user, dispute_id, "approve_glass", command_id, act)


def refuse(
    *, user: User, dispute_id: UUID, glass_id: UUID, note: str = "", command_id: UUID | None = None
) -> BreakGlass:
    """A second person does not agree. Raises like `approve`."""

    def act(dispute: Dispute, now: datetime) -> BreakGlass:
        asked = _to_decide(user, dispute, glass_id, now)
        asked.is_approved, asked.ended_at, asked.ended_by = False, now, user
        _decide(asked, user, note, now)
        log(asked, "refuse_glass", user.pk, now, note=asked.note)
        return asked

    return _do(user, dispute_id, "refuse_glass", command_id, act)


def open_(*, user: User, dispute_id: UUID, glass_id: UUID, command_id: UUID | None = None) -> BreakGlass:
    """Who asked begins to read; opening what is open changes nothing.

    Raises NotFound for anybody else, ReaderInConflict, NotOpened while nobody has agreed, ReadingOver.
    """

    def act(dispute: Dispute, now: datetime) -> BreakGlass:
        asked = _of(dispute, glass_id)
        if asked.asked_by_id != user.pk:
            raise NotFound
        _check_free(user, dispute)
        status = rules.status(asked.times, now)
        if status is Status.WAITING:
            raise errors.NotOpened
        if status not in (Status.APPROVED, Status.OPEN):
            raise errors.ReadingOver
        if asked.opened_at is None:
            asked.opened_at = now
            asked.save(update_fields=["opened_at"])
        log(asked, "open_glass", user.pk, now)
        return asked

    return _do(user, dispute_id, "open_glass", command_id, act)


def end(*, user: User, dispute_id: UUID, glass_id: UUID, command_id: UUID | None = None) -> BreakGlass:
    """Before its time: who asked takes it back or has read enough, or anybody who may agree to one stops it.

    Raises NotFound, DecidedAlready where it is over.
    """

    def act(dispute: Dispute, now: datetime) -> BreakGlass:
        asked = _of(dispute, glass_id)
        if asked.ended_at is not None:
            raise errors.DecidedAlready(detail={"status": rules.status(asked.times, now).value})
        asked.ended_at, asked.ended_by = now, user
        asked.save(update_fields=["ended_at", "ended_by"])
        log(asked, "end_glass", user.pk, now)
        return asked

    return _do(user, dispute_id, "end_glass", command_id, act)


def write_ends(dispute: Dispute, now: datetime) -> int:
    """What came to its end by itself, written down as of that moment; the case's row is locked. Returns how many."""
    written = 0
    for one in dispute.glasses.filter(ended_at__isnull=True).order_by("asked_at", "pk"):
        over_at = rules.over_at(one.times, now)
        if over_at is not None:
            one.ended_at = over_at
            one.save(update_fields=["ended_at"])
            log(one, "glass_over", None, now, over_at=clock.iso(over_at))
            written += 1
    return written


def log(asked: BreakGlass, act: str, actor_id: UUID | None, at: datetime, **more: Any) -> None:
    """The entry in the chain of those who look into private talks."""
    content = {"glass": str(asked.pk), "party": str(asked.party_id), **more}
    records.chain_entry(asked.dispute, type=f"dispute.{act}", audience=GLASS, content=content, actor_id=actor_id, at=at)


def _do(user: User, dispute_id: UUID, command: str, command_id: UUID | None, act: Act) -> BreakGlass:
    return patiently(lambda: _locked(user, dispute_id, command, command_id, act))


@transaction.atomic
def _locked(user: User, dispute_id: UUID, command: str, command_id: UUID | None, act: Act) -> BreakGlass:
    """The act under the lock on its case, once for its id. What was over by then is written down first."""
    now = clock.now()
    dispute = Dispute.objects.select_for_update(no_key=True, of=("self",)).filter(pk=dispute_id).first()
    if dispute is None or not may_break(dispute, user):
        raise NotFound
    before = Performed.objects.filter(dispute=dispute, command_id=command_id).first() if command_id else None
    if before is not None:
        if (before.command, before.actor_id) != (command, user.pk):
            raise errors.IdUsed
        return _of(dispute, before.result["glass_id"])
    write_ends(dispute, now)
    done = act(dispute, now)
    keep(dispute, user, command, command_id or uuid4(), {"glass_id": str(done.pk)}, now)
    return done


def _of(dispute: Dispute, glass_id: UUID) -> BreakGlass:
    found = dispute.glasses.filter(pk=glass_id).first()
    if found is None:
        raise NotFound
    found.dispute = dispute
    return found


def _to_decide(user: User, dispute: Dispute, glass_id: UUID, now: datetime) -> BreakGlass:
    asked = _of(dispute, glass_id)
    if asked.asked_by_id == user.pk:
        raise errors.SecondPerson
    _check_free(user, dispute)
    status = rules.status(asked.times, now)
    if status is not Status.WAITING:
        raise errors.DecidedAlready(detail={"status": status.value})
    return asked


def _decide(asked: BreakGlass, user: User, note: str, now: datetime) -> None:
    asked.decided_by, asked.decided_at, asked.note = user, now, note.strip()
    asked.save(update_fields=["decided_by", "decided_at", "is_approved", "note", "ends_at", "ended_at", "ended_by"])


def _check_free(user: User, dispute: Dispute) -> None:
    """Somebody with a tie to one of the two neither reads nor agrees; a disclosure to the parties would tell them."""
    found = conflicts.check(user, dispute)
    if found != conflicts.CLEAR:
        raise errors.ReaderInConflict(detail={"conflict": found})
