"""The one way to say a command to a case.

`transition` locks the dispute, looks the command up in the table, asks the guards, changes the state, lets the effects
follow, records the event and the line of the case file, all in one transaction. The same command id gives the same
result; a version that is no longer the newest is refused with the newest.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.disputes import audience
from mediation.disputes.actions import firing, outages
from mediation.disputes.actions.saying import say
from mediation.disputes.errors import IdUsed, StaleVersion
from mediation.disputes.models import Dispute, Performed
from mediation.disputes.queries import facts as facts_of


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
    """Say a command. `actor` None is the system. `received_at` is when the command reached us (now, if not said).

    Timers that were due before the command was received speak first, each in its own transaction: so a command
    received in time beats a timer that is processed later, and a late command does not beat one that is merely slow.

    Raises NotFound for who may not see the case, NotYours, NotNow, OnHold, StaleVersion, or what a guard refuses.
    """
    received_at = received_at or clock.now()
    if actor is not None:
        outages.catch_up(received_at)
        firing.fire_due(dispute_id=dispute_id, before=received_at)
    with transaction.atomic():
        dispute = Dispute.objects.select_for_update(no_key=True, of=("self",)).filter(pk=dispute_id).first()
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
        result = say(dispute, actor, actors, command, payload or {}, received_at)
        Performed.objects.create(
            dispute=dispute,
            command_id=command_id or uuid4(),
            command=command,
            actor=actor,
            version=dispute.version,
            result=result | {"state": dispute.state},
            at=received_at,
        )
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
