"""What a case is to the desk: whether it waits for an owner or a decision, whose turn it is, where it stands."""

from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum

from mediation.disputes.rules.states import State
from mediation.sla.rules.metrics import Metric

FAR = datetime(9999, 12, 31, tzinfo=UTC)  # where rows without a due time stand: after all others


class Turn(StrEnum):
    """Who acts next."""

    UPWORK = "upwork"
    PARTY = "party"


class Decision(StrEnum):
    """Who at Upwork has to decide before the case goes on."""

    NONE = ""
    ANYBODY = "anybody"
    SENIOR = "senior"
    LEAD = "lead"


# What somebody waits for. An update (PUT) is due, too, but nobody has asked for it.
OWED = frozenset(Metric) - {Metric.PUT, Metric.TRES}
_AFTER_SILENCE = frozenset({State.AWAITING_RESPONSE, State.NON_RESOLUTION})


def is_unclaimed(state: State, *, has_mediator: bool) -> bool:
    """Somebody asked for a mediator and has none."""
    return state is State.ESCALATED and not has_mediator


def decision(
    state: State, *, is_overdue: bool, is_held: bool, is_senior_asked: bool = False, is_review_asked: bool = False
) -> Decision:
    """Whose decision the case waits for; nothing is decided while it is on hold. A higher level of the ladder and an
    objection to the mediator are for seniors; how a closed case was led, for who leads a team.
    """
    if state is State.CLOSED:
        return Decision.LEAD if is_review_asked else Decision.NONE
    if is_held:
        return Decision.NONE
    if state is State.IN_ARBITRATION or is_senior_asked:
        return Decision.SENIOR
    if state is State.LOG_REVIEW or (state in _AFTER_SILENCE and is_overdue):
        return Decision.ANYBODY
    return Decision.NONE


def turn(state: State, decides: Decision, running: Collection[str]) -> Turn:
    """Whose turn it is; `running` are the metrics of the clocks that count."""
    is_ours = decides is not Decision.NONE or state is State.ESCALATED or OWED.intersection(running)
    return Turn.UPWORK if is_ours else Turn.PARTY


def place(due_at: datetime | None) -> datetime:
    """By what rows are ordered: what is due next comes first."""
    return due_at or FAR
