"""A command inside its transaction: look it up, ask the guards, move, let the effects follow, record it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.conversations.models import Thread
from mediation.disputes.actions import effects, records, step
from mediation.disputes.actions.step import Step
from mediation.disputes.errors import NotNow, NotYours, OnHold
from mediation.disputes.models import CaseEntry, Dispute, Performed
from mediation.disputes.queries import facts as facts_of
from mediation.disputes.rules import guards, table
from mediation.disputes.rules.possible import ON_HOLD
from mediation.disputes.rules.states import Actor, Outcome, State, Track

# A text is agreed in one of these; a recommendation that was accepted is not answered a second time.
RETURNED_TO = frozenset(
    {State.AWAITING_RESPONSE, State.NEGOTIATING, State.ESCALATED, State.MEDIATING, State.NON_RESOLUTION}
)
SETTLED_FROM = RETURNED_TO | {State.RECOMMENDED}

# Imported for what it registers.
__all__ = ["effects", "keep", "say"]


def say(
    dispute: Dispute,
    actor: User | None,
    actors: frozenset[Actor],
    command: str,
    payload: dict[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """The command inside the caller's transaction, with the dispute locked; then what follows from it."""
    row = table.find(command, State(dispute.state), Track(dispute.track), has_claim=dispute.has_claim)
    if row is None:
        raise NotNow(detail={"state": dispute.state, "version": dispute.version})
    if not actors & row.who:
        raise NotYours
    facts = facts_of.gather(dispute, actor, actors, payload, now)
    if facts.is_on_hold and command not in ON_HOLD:
        raise OnHold
    for name in row.guards:
        guards.named(name)(facts, payload)
    facts.settle(step.read_by(row.effects))
    said, before = Step(dispute, row, actor, facts, payload, now, facts.terms), State(dispute.state)
    _move(said)
    for name in row.effects:
        step.named(name)(said)
    if row.told == "everyone":
        # What only some may know of must not be seen to have happened, not even in a number.
        said.set(version=dispute.version + 1)
    if said.changed:
        dispute.save(update_fields=sorted(said.changed))
    records.record(said)
    _lock_room(said, before)
    for follow_up, follow_payload in said.also:
        result = say(dispute, actor, actors, follow_up, follow_payload, now)
        keep(dispute, actor, follow_up, uuid4(), result, now)
    for follow_up, follow_payload in said.then:
        say(dispute, None, frozenset({Actor.SYSTEM}), follow_up, follow_payload, now)
    return said.result


def keep(
    dispute: Dispute, actor: User | None, command: str, command_id: UUID, result: dict[str, Any], at: datetime
) -> None:
    """Remember that the command was carried out, for who says it again and for who counts what the chains must hold."""
    Performed.objects.create(
        dispute=dispute,
        command_id=command_id,
        command=command,
        actor=actor,
        version=dispute.version,
        result=result | {"state": dispute.state},
        at=at,
    )


def _move(said: Step) -> None:
    """The state and the outcome, and when it closed."""
    dispute, row = said.dispute, said.row
    if row.returns:
        said.set(state=_origin(dispute).value, outcome="")
    elif row.to is not None:
        said.set(state=row.to.value)
    if row.outcome is not None and (not dispute.outcome or row.outcome is Outcome.VOIDED):
        said.set(outcome=row.outcome.value)
    if dispute.state == State.CLOSED.value and dispute.closed_at is None:
        said.set(closed_at=said.now)


def _lock_room(said: Step, before: State) -> None:
    """While the arbitrator decides, the room is read only (domain, section 3). It follows from the state alone, so that
    no line of the table can forget it.
    """
    states = (before, State(said.dispute.state))
    if State.IN_ARBITRATION in states and states[0] is not states[1]:
        rooms.set_locked(room_id=said.dispute.room_id, locked=states[1] is State.IN_ARBITRATION, at=said.now)


def _origin(dispute: Dispute) -> State:
    """Where what returns came from. Who takes back the call for a mediator goes on talking; from a text that is not
    signed the case goes back to where the text was agreed, and after an accepted recommendation to the mediator.
    """
    before = State.NEGOTIATING
    if dispute.state == State.SETTLING.value:
        said = CaseEntry.objects.filter(dispute=dispute, audience=Thread.Audience.JOINT.value).order_by("-number")
        states = (State(one) for one in said.values_list("content__state", flat=True) if one)
        before = next((one for one in states if one in SETTLED_FROM), State.NEGOTIATING)
    return before if before in RETURNED_TO else State.MEDIATING
