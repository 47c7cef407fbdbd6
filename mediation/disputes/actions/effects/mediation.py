"""Asking for a mediator, and the mediator's coming and going."""

from contextlib import suppress
from uuid import uuid4

from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Thread
from mediation.core.errors import NotFound
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.rules import ladder
from mediation.disputes.rules.ladder import Rung, Why
from mediation.disputes.rules.states import Phase
from mediation.disputes.rules.states import next_phase as phase_after


@effect("queue")
def queue(step: Step) -> None:
    """The case waits for a mediator, on the desk's list and visibly in the room."""
    parties = (step.dispute.filer, step.dispute.respondent)
    asker = next((party for party in parties if party.pk == step.actor_id), step.dispute.asker or step.dispute.filer)
    step.set(asker=asker, mediator=None, phase="")
    rooms.call_mediator(asker=asker, room_id=step.dispute.room_id, note=str(step.payload.get("note", "")))


@effect("unqueue")
def unqueue(step: Step) -> None:
    rooms.cancel_ask(user=step.person, room_id=step.dispute.room_id)


@effect("leave_queue")
def leave_queue(step: Step) -> None:
    """Nobody needs to come any more."""
    rooms.call_off(room_id=step.dispute.room_id)


@effect("join")
def join(step: Step) -> None:
    """The agent owns the case and comes into the room, which everybody there sees."""
    step.set(mediator=step.person, phase=step.dispute.phase or Phase.OPENING.value)
    rooms.join_as_mediator(user=step.person, room_id=step.dispute.room_id)


@effect("assign")
def assign(step: Step) -> None:
    """A supervisor gives the case that waits to an agent, who comes into the room as if they had taken it."""
    agent = User.objects.get(pk=step.payload["agent_id"])
    step.set(mediator=agent, phase=step.dispute.phase or Phase.OPENING.value)
    rooms.join_as_mediator(user=agent, room_id=step.dispute.room_id)
    if step.payload.get("brief"):
        _brief(step)


@effect("leave_case")
def leave_case(step: Step) -> None:
    """The mediator goes, visibly, and the case has no owner. Nobody else goes on with the private talk of who went."""
    step.dispute.caucuses.filter(began_at__isnull=False, ended_at__isnull=True).update(ended_at=step.now)
    if step.dispute.mediator is not None:
        with suppress(NotFound):  # whose account is closed has no way out any more; the next mediator shows them out
            rooms.leave_room(user=step.dispute.mediator, room_id=step.dispute.room_id)
        step.set(mediator=None)


@effect("change_mediator")
def change_mediator(step: Step) -> None:
    """One goes, the other comes, both visibly; the brief is a staff note."""
    _brief(step)
    change_owner(step, User.objects.get(pk=step.payload["agent_id"]))


def change_owner(step: Step, successor: User) -> None:
    """The case is never without an owner, and never has two."""
    leave_case(step)
    rooms.call_mediator(asker=step.dispute.filer, room_id=step.dispute.room_id, is_told=False)
    rooms.join_as_mediator(user=successor, room_id=step.dispute.room_id)
    step.set(mediator=successor)


@effect("next_phase")
def next_phase(step: Step) -> None:
    _go(step, 1)


@effect("previous_phase")
def previous_phase(step: Step) -> None:
    _go(step, -1)


@effect("open_objection")
def open_objection(step: Step) -> None:
    """Somebody else decides; until then the mediation goes on, so that nobody gains time by it."""
    step.dispute.objections.create(
        mediator=step.mediator,
        raised_by=step.person,
        reason=step.payload["reason"],
        raised_at=step.now,
        reopenings=step.dispute.reopenings,
    )


@effect("close_objection", reads=("levels_asked",))
def close_objection(step: Step) -> None:
    """Upheld, the mediator goes and the case waits for another; unless somebody else has followed already."""
    objection = step.of_now(step.dispute.objections.all()).get(decided_at__isnull=True)
    objection.decided_by, objection.decided_at = step.person, step.now
    objection.is_upheld, objection.ruling = step.payload["is_upheld"], step.payload["reason"]
    objection.save(update_fields=["decided_by", "decided_at", "is_upheld", "ruling"])
    step.line |= {"is_upheld": objection.is_upheld}
    if objection.is_upheld and objection.mediator_id == step.dispute.mediator_id:
        step.then.append(("replace_mediator", {}))
        if Rung.SENIOR not in ladder.by_rule(step.facts.levels_asked):
            step.then.append(("raise_level", {"level": Rung.SENIOR.value, "why": Why.OBJECTION.value}))


@effect("hand_over")
def hand_over(step: Step) -> None:
    """The brief of who goes, for whoever comes."""
    _brief(step)


def _go(step: Step, by: int) -> None:
    phase = phase_after(Phase(step.dispute.phase), by)
    if phase is not None:
        step.set(phase=phase.value)
        step.line |= {"phase": phase.value}


def _brief(step: Step) -> None:
    notes = Thread.objects.get(room=step.dispute.room_id, audience=Thread.Audience.INTERNAL.value, is_main=True)
    sent = send_message(Send(step.person.pk, notes.pk, uuid4(), step.payload["brief"]))
    step.result |= {"note_seq": str(sent.seq)}
