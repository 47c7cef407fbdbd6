"""The words of the lifecycle (domain, section 3)."""

from enum import StrEnum


class Track(StrEnum):
    """A: escrow. B: mediation assistance for money already paid. C: last week's hours."""

    ESCROW = "A"
    ASSISTANCE = "B"
    HOURLY = "C"


class State(StrEnum):
    DRAFT = "draft"
    AWAITING_RESPONSE = "awaiting_response"
    NEGOTIATING = "negotiating"
    ESCALATED = "escalated"
    MEDIATING = "mediating"
    LOG_REVIEW = "log_review"
    RECOMMENDED = "recommended"
    SETTLING = "settling"
    EXECUTING = "executing"
    NON_RESOLUTION = "non_resolution"
    IN_ARBITRATION = "in_arbitration"
    CLOSED = "closed"


class Phase(StrEnum):
    """The phases of mediation, in order."""

    OPENING = "opening"
    ISSUES = "issues"
    EXPLORING = "exploring"
    OPTIONS = "options"
    DRAFTING = "drafting"


class Outcome(StrEnum):
    ACCEPTED_IN_FULL = "accepted_in_full"
    SETTLED = "settled"
    RECOMMENDATION_ACCEPTED = "recommendation_accepted"
    DEFAULTED = "defaulted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LOG_REVIEW = "log_review"
    RETURNED_TO_CLIENT = "returned_to_client"
    RELEASED_TO_ELECTOR = "released_to_elector"
    AWARDED = "awarded"
    NO_AGREEMENT = "no_agreement"
    HELPED = "helped"
    VOIDED = "voided"


class Overlay(StrEnum):
    """What lies over a state for a while."""

    HOLD = "hold"
    COOLING_OFF = "cooling_off"
    ABSENCE = "absence"


class Actor(StrEnum):
    """What somebody is to one dispute. A person can be several, e.g. mediator and senior."""

    FILER = "filer"
    RESPONDENT = "respondent"
    MEDIATOR = "mediator"  # the agent who owns it
    AGENT = "agent"  # agent, senior or ee
    SENIOR = "senior"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"  # timers, the ledger, an evaluation


class Ball(StrEnum):
    """Who acts next."""

    FILER = "filer"
    RESPONDENT = "respondent"
    BOTH = "both"
    UPWORK = "upwork"
    REQUESTS = "requests"  # whoever an open request names; Upwork if there is none
    SYSTEM = "system"
    ARBITRATOR = "arbitrator"
    NOBODY = "nobody"


BALL = {
    State.DRAFT: Ball.FILER,
    State.AWAITING_RESPONSE: Ball.RESPONDENT,
    State.NEGOTIATING: Ball.BOTH,
    State.ESCALATED: Ball.UPWORK,
    State.MEDIATING: Ball.REQUESTS,
    State.LOG_REVIEW: Ball.UPWORK,
    State.RECOMMENDED: Ball.BOTH,
    State.SETTLING: Ball.BOTH,
    State.EXECUTING: Ball.SYSTEM,
    State.NON_RESOLUTION: Ball.BOTH,
    State.IN_ARBITRATION: Ball.ARBITRATOR,
    State.CLOSED: Ball.NOBODY,
}

OPEN = frozenset(State) - {State.CLOSED}
FILED = OPEN - {State.DRAFT}
BEFORE_SETTLING = frozenset(
    {
        State.AWAITING_RESPONSE,
        State.NEGOTIATING,
        State.ESCALATED,
        State.MEDIATING,
        State.LOG_REVIEW,
        State.RECOMMENDED,
    }
)
PARTIES = frozenset({Actor.FILER, Actor.RESPONDENT})


def next_phase(phase: Phase, step: int = 1) -> Phase | None:
    """The phase one step on (or back, with -1); None at either end."""
    order = list(Phase)
    index = order.index(phase) + step
    return order[index] if 0 <= index < len(order) else None
