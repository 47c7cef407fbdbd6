"""The transparency bar: who acts next, and what happens if nobody does (domain, section 3)."""

from dataclasses import dataclass
from uuid import UUID

from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import BALL, Ball, State, Track

# The deadline that a state is about, in the order of importance.
KINDS_OF = {
    State.DRAFT: (Kind.DRAFT,),
    State.AWAITING_RESPONSE: (Kind.RESPONSE,),
    State.NEGOTIATING: (Kind.TALKS,),
    State.MEDIATING: (Kind.REQUEST, Kind.RECOMMENDATION, Kind.MEDIATION),
    State.LOG_REVIEW: (Kind.LOG_REVIEW,),
    State.RECOMMENDED: (Kind.ANSWER,),
    State.SETTLING: (Kind.SIGN,),
    State.EXECUTING: (Kind.STAY,),
    State.NON_RESOLUTION: (Kind.ELECTION,),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the bar depends on. Everything in it is known to both parties."""

    state: State
    track: Track
    filer: UUID
    respondent: UUID
    is_on_hold: bool = False
    is_overdue: bool = False
    grace_used: bool = False
    asked: frozenset[UUID] = frozenset()  # parties whom an open request names
    signed: frozenset[UUID] = frozenset()
    sign_times: int = 0
    is_mediated: bool = False
    paid: frozenset[UUID] = frozenset()


def ball(look: Look) -> Ball:
    """Who acts next."""
    if look.is_on_hold:
        return Ball.UPWORK
    if look.is_overdue and look.state in (State.AWAITING_RESPONSE, State.NON_RESOLUTION):
        return Ball.UPWORK
    found = BALL[look.state]
    if found is Ball.REQUESTS:
        return _one_of(look, look.asked) or Ball.UPWORK
    if look.state is State.SETTLING:
        return _one_of(look, frozenset({look.filer, look.respondent}) - look.signed) or Ball.SYSTEM
    return found


def otherwise(look: Look, kind: Kind | None) -> str:
    """The code of what happens when the deadline passes and nobody has acted; empty where nothing is running."""
    if look.is_on_hold:
        return "on_hold"
    if kind is None:
        return "default_looked_at" if look.is_overdue and look.state is State.AWAITING_RESPONSE else ""
    if kind is Kind.RESPONSE:
        return _silence(look)
    if kind is Kind.SIGN:
        return _unsigned(look)
    if kind is Kind.ELECTION:
        return _not_elected(look)
    return _OTHERWISE.get(kind, "")


_OTHERWISE = {
    Kind.DRAFT: "draft_erased",
    Kind.STAY: "money_moves",
    Kind.TALKS: "mediator_asked",
    Kind.MEDIATION: "no_agreement",
    Kind.RECOMMENDATION: "late_is_noted",
    Kind.LOG_REVIEW: "late_is_noted",
    Kind.ANSWER: "silence_is_no",
    Kind.REQUEST: "goes_on_without",
    Kind.OFFER: "offer_expires",
}


def _silence(look: Look) -> str:
    if look.track is Track.ASSISTANCE:
        return "case_closes"
    if look.track is Track.HOURLY:
        return "log_looked_at"
    return "default_looked_at" if look.grace_used else "grace_given"


def _unsigned(look: Look) -> str:
    if look.sign_times <= 1:
        return "sign_again"
    return "back_to_mediation" if look.is_mediated else "back_to_talks"


def _not_elected(look: Look) -> str:
    if look.paid:
        return "to_who_paid"
    return "back_to_client" if look.track is Track.ESCROW else "stays_paid"


def _one_of(look: Look, people: frozenset[UUID]) -> Ball | None:
    if {look.filer, look.respondent} <= people:
        return Ball.BOTH
    if look.filer in people:
        return Ball.FILER
    return Ball.RESPONDENT if look.respondent in people else None
