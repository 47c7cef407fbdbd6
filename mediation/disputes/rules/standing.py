"""The transparency bar: who acts next, and what happens if nobody does (domain, section 3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import BALL, Ball, State, Track

# In a mediation what was asked of somebody comes first: a request's time, or an offer's.
TURNS = frozenset({Kind.REQUEST, Kind.OFFER})
# The deadline that a state is about, in the order of importance.
KINDS_OF = {
    State.DRAFT: (Kind.DRAFT,),
    State.AWAITING_RESPONSE: (Kind.RESPONSE,),
    State.MEDIATING: (Kind.RECOMMENDATION, Kind.MEDIATION),
    State.LOG_REVIEW: (Kind.LOG_REVIEW,),
    State.RECOMMENDED: (Kind.ANSWER,),
    State.SETTLING: (Kind.SIGN,),
    State.EXECUTING: (Kind.STAY,),
    State.NON_RESOLUTION: (Kind.ELECTION,),
}

Due = tuple[datetime, Kind]


class Ask(StrEnum):
    """What a party may have to answer while talks go on or a mediator is looked for, in the order in which it is said.
    Only the first two have a time: nothing happens by itself to who leaves the others unanswered.
    """

    OFFER = "offer"
    REQUEST = "request"
    POINT = "point"  # to be confirmed
    TALK = "talk"  # a private one, offered
    WORDS = "words"  # from a private talk, to be shared or not
    RULE = "rule"  # of sealed bids, to be agreed to
    BID = "bid"
    TIE = "tie"  # of an agent to one side: may they come all the same?


# Where somebody can have one of these to answer; of an offer alone in direct talks, of a tie alone before one comes.
ASKING = frozenset({State.NEGOTIATING, State.ESCALATED, State.MEDIATING})
# Known to that party and the mediator alone. The case waits for none of them, so the other side's bar says nothing of
# one, and the mediator goes on.
PRIVATE = frozenset({Ask.TALK, Ask.WORDS, Ask.BID})


@dataclass(frozen=True, slots=True)
class Look:
    """What the bar depends on. Everything in it is known to both parties, but for what is asked of the reader alone."""

    state: State
    track: Track
    filer: UUID
    respondent: UUID
    is_on_hold: bool = False
    is_overdue: bool = False
    grace_used: bool = False
    asked: frozenset[UUID] = frozenset()  # parties who have something to answer, in the states of `ASKING`
    signed: frozenset[UUID] = frozenset()
    sign_times: int = 0
    has_claim: bool = True
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
    if look.state in (State.NEGOTIATING, State.ESCALATED):
        return _one_of(look, look.asked) or found
    if look.state is State.SETTLING:
        return _one_of(look, frozenset({look.filer, look.respondent}) - look.signed) or Ball.SYSTEM
    return found


def is_turn(look: Look, next_: Ball, party: UUID, *, has_answered: bool) -> bool:
    """Whether a party acts next. Who has sealed their answer waits, and nobody else is told that they wait; who has
    paid for an arbitration waits for the other side.
    """
    if next_ is Ball.BOTH:
        return party not in look.paid and not (look.state is State.RECOMMENDED and has_answered)
    return next_ is (Ball.FILER if party == look.filer else Ball.RESPONDENT)


def due(look: Look, running: Collection[Due], mine: Collection[Due], party: UUID | None) -> Due | None:
    """The running deadline that this state is about; nothing runs while the case is held. What is asked of the reader
    (`mine`, if they are that party) comes before what is asked of somebody else. What has no time is given none: the
    end of the mediation is no time to confirm a point by.
    """
    if look.is_on_hold:
        return None
    if look.state is State.NEGOTIATING:
        talks = [one for one in running if one[1] is Kind.TALKS]
        return min([*(mine or [one for one in running if one[1] is Kind.OFFER]), *talks], default=None)
    if look.state is State.MEDIATING and look.asked:
        if party in look.asked:
            return min(mine, default=None)
        turns = [one for one in running if one[1] in TURNS]
        return min(turns or [one for one in running if one[1] is Kind.RECOMMENDATION], default=None)
    for kind in KINDS_OF.get(look.state, ()):
        if found := [one for one in running if one[1] is kind]:
            return min(found)
    return None


def otherwise(look: Look, kind: Kind | None) -> str:
    """The code of what happens when the deadline passes and nobody has acted; empty where nothing is running."""
    if look.is_on_hold:
        return "on_hold"
    if kind is None:
        return _timeless(look)
    if kind is Kind.RESPONSE:
        return _silence(look)
    if kind is Kind.SIGN:
        return _unsigned(look)
    if kind is Kind.ELECTION:
        return _not_elected(look)
    return "call_closes" if kind is Kind.MEDIATION and not look.has_claim else _OTHERWISE.get(kind, "")


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


def _timeless(look: Look) -> str:
    if look.state is State.ESCALATED and look.asked:
        return "another_comes"
    return "default_looked_at" if look.is_overdue and look.state is State.AWAITING_RESPONSE else ""


def _silence(look: Look) -> str:
    if look.track is Track.ASSISTANCE:
        return "case_closes"
    if look.track is Track.HOURLY:
        return "log_looked_at"
    return "default_looked_at" if look.grace_used else "grace_given"


def _unsigned(look: Look) -> str:
    if look.sign_times <= 1:
        return "sign_again"
    if look.is_overdue:
        return "over_as_before"
    return "back_as_before"


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
