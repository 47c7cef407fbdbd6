"""A command inside its transaction: look it up, ask the guards, move, let the effects follow, record it."""

from datetime import datetime
from typing import Any

from accounts.models import User
from mediation.disputes.actions import effects, records, step
from mediation.disputes.actions.step import Step
from mediation.disputes.errors import NotNow, NotYours, OnHold
from mediation.disputes.models import Dispute
from mediation.disputes.queries import facts as facts_of
from mediation.disputes.rules import guards, table
from mediation.disputes.rules.possible import ON_HOLD
from mediation.disputes.rules.states import Actor, State, Track

# Imported for what it registers.
__all__ = ["effects", "say"]


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
    said = Step(dispute, row, actor, facts, payload, now, facts.terms)
    _move(said)
    for name in row.effects:
        step.named(name)(said)
    if row.told == "everyone":
        # What only some may know of must not be seen to have happened, not even in a number.
        said.set(version=dispute.version + 1)
    if said.changed:
        dispute.save(update_fields=sorted(said.changed))
    records.record(said)
    for follow_up, follow_payload in said.then:
        say(dispute, None, frozenset({Actor.SYSTEM}), follow_up, follow_payload, now)
    return said.result


def _move(said: Step) -> None:
    """The state and the outcome. What returns goes back to the mediator if there is one, otherwise to the talks."""
    dispute, row = said.dispute, said.row
    if row.returns:
        back = State.MEDIATING if dispute.mediator_id else State.NEGOTIATING
        said.set(state=back.value, outcome="")
    elif row.to is not None:
        said.set(state=row.to.value)
    if row.outcome is not None and not dispute.outcome:
        said.set(outcome=row.outcome.value)
    if dispute.state == State.CLOSED.value and dispute.closed_at is None:
        said.set(closed_at=said.now)
