"""The one way to say a command to a case.

`transition` locks the dispute, looks the command up in the table, asks the guards, changes the state, lets the effects
follow, records the event and the line of the case file, all in one transaction. The same command id gives the same
result; a version that is no longer the newest is refused with the newest.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.core.tries import patiently
from mediation.disputes import audience
from mediation.disputes.actions import firing, outages
from mediation.disputes.actions.saying import keep, say
from mediation.disputes.errors import IdUsed, NotNow, OfferGone, Overtaken, StaleVersion, TooLate
from mediation.disputes.models import Dispute, Performed
from mediation.disputes.queries import facts as facts_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a command: the state and version after it, and what its effects gave back."""

    dispute_id: UUID
    state: str
    version: int
    data: dict[str, Any]
    repeated: bool = False


def transition(
    *,
    actor: User | None,
    dispute_id: UUID,
    command: str,
    payload: dict[str, Any] | None = None,
    command_id: UUID | None = None,
    expected_version: int | None = None,
    received_at: datetime | None = None,
) -> Result:
    """Say a command. `actor` None is the system. `received_at` is when the command reached us; the door has told the
    clock, if nothing else is said.

    Timers that were due before the command was received speak first, each in its own transaction: so a command
    received in time beats a timer that is processed later, and a late command does not beat one that is merely slow.
    The sweep leaves a timer alone for a while after it is due, so that a command which is on its way finds it unspoken.

    Raises NotFound for who may not see the case, NotYours, NotNow, OnHold, StaleVersion, or what a guard refuses; and
    Overtaken for a command that was in time but worked on so late that its timer had spoken all the same.
    """
    received_at = received_at or clock.received()
    if actor is not None:
        hear_timers(dispute_id, received_at)
    try:
        return patiently(
            lambda: _perform(actor, dispute_id, command, payload or {}, command_id, expected_version, received_at)
        )
    except (NotNow, StaleVersion, OfferGone, TooLate) as refused:
        if actor is not None and firing.has_overtaken(dispute_id=dispute_id, received_at=received_at):
            log.error("A command in time was overtaken by a timer", extra={"case": str(dispute_id), "command": command})
            raise Overtaken(detail=refused.detail) from refused
        raise


def hear_timers(dispute_id: UUID, received_at: datetime) -> None:
    """What was due before a command was received speaks first, after the time was given back in which we were away."""
    outages.catch_up(received_at)
    firing.fire_due(dispute_id=dispute_id, before=received_at)


def _perform(
    actor: User | None,
    dispute_id: UUID,
    command: str,
    payload: dict[str, Any],
    command_id: UUID | None,
    expected_version: int | None,
    received_at: datetime,
) -> Result:
    """The command under the lock on its case."""
    with transaction.atomic():
        locked = Dispute.objects.select_for_update(no_key=True, of=("self",))
        dispute = locked.select_related("policy").filter(pk=dispute_id).first()
        if dispute is None:
            raise NotFound
        actors = facts_of.actors(dispute, actor)
        if actor is not None and not audience.viewers(dispute, actor):
            raise NotFound
        before = _performed(dispute, command_id, command, actor)
        if before is not None:
            return before
        if expected_version is not None and expected_version != dispute.version:
            raise StaleVersion(detail={"state": dispute.state, "version": dispute.version})
        result = say(dispute, actor, actors, command, payload, received_at)
        keep(dispute, actor, command, command_id or uuid4(), result, received_at)
        return Result(dispute.pk, dispute.state, dispute.version, result)


def _performed(dispute: Dispute, command_id: UUID | None, command: str, actor: User | None) -> Result | None:
    if command_id is None:
        return None
    found = Performed.objects.filter(dispute=dispute, command_id=command_id).first()
    if found is None:
        return None
    if (found.command, found.actor_id) != (command, actor.pk if actor else None):
        raise IdUsed
    data = dict(found.result)
    return Result(dispute.pk, data.pop("state"), found.version, data, repeated=True)
