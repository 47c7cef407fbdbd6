"""The line of stages over a case: what it went through, where it is, and what may follow. A stage that was left out is
not in it, and nothing is called an agreement before both have accepted its text.
"""

from enum import StrEnum

from mediation.disputes.rules.states import Outcome, State, Track


class Stage(StrEnum):
    CLAIM = "claim"
    TALKS = "talks"
    ASKED = "asked"  # for a mediator, who has not come yet
    MEDIATION = "mediation"
    LOG_REVIEW = "log_review"
    DECISION = "decision"
    ACCEPTING = "accepting"  # a text waits for two acceptances
    AGREEMENT = "agreement"
    NO_AGREEMENT = "no_agreement"
    ARBITRATION = "arbitration"
    PAYMENT = "payment"
    CLOSED = "closed"  # nothing was agreed or decided about the money


Path = tuple[Stage, ...]

_NOW = {
    State.DRAFT: Stage.CLAIM,
    State.AWAITING_RESPONSE: Stage.CLAIM,
    State.NEGOTIATING: Stage.TALKS,
    State.ESCALATED: Stage.ASKED,
    State.MEDIATING: Stage.MEDIATION,
    State.LOG_REVIEW: Stage.LOG_REVIEW,
    State.RECOMMENDED: Stage.MEDIATION,
    State.SETTLING: Stage.ACCEPTING,
    State.NON_RESOLUTION: Stage.NO_AGREEMENT,
    State.IN_ARBITRATION: Stage.ARBITRATION,
    State.EXECUTING: Stage.PAYMENT,
}
# What follows if it goes on as it mostly does.
_AHEAD = {
    State.DRAFT: (Stage.TALKS, Stage.MEDIATION, Stage.AGREEMENT, Stage.PAYMENT),
    State.AWAITING_RESPONSE: (Stage.TALKS, Stage.MEDIATION, Stage.AGREEMENT, Stage.PAYMENT),
    State.NEGOTIATING: (Stage.MEDIATION, Stage.AGREEMENT, Stage.PAYMENT),
    State.ESCALATED: (Stage.AGREEMENT, Stage.PAYMENT),
    State.MEDIATING: (Stage.AGREEMENT, Stage.PAYMENT),
    State.RECOMMENDED: (Stage.AGREEMENT, Stage.PAYMENT),
}
_AHEAD_OF_HOURS = {
    State.DRAFT: (Stage.LOG_REVIEW, Stage.PAYMENT),
    State.AWAITING_RESPONSE: (Stage.LOG_REVIEW, Stage.PAYMENT),
}
# How a case with this outcome came to its money. The others moved none.
_BY = {
    Outcome.ACCEPTED_IN_FULL: (),
    Outcome.DEFAULTED: (Stage.DECISION,),
    Outcome.LOG_REVIEW: (Stage.LOG_REVIEW,),
    Outcome.SETTLED: (Stage.AGREEMENT,),
    Outcome.RECOMMENDATION_ACCEPTED: (Stage.AGREEMENT,),
    Outcome.RETURNED_TO_CLIENT: (Stage.NO_AGREEMENT,),
    Outcome.RELEASED_TO_ELECTOR: (Stage.NO_AGREEMENT,),
    Outcome.AWARDED: (Stage.ARBITRATION,),
}


def path(
    state: State, track: Track, *, outcome: Outcome | None, has_claim: bool, had_talks: bool, was_mediated: bool
) -> tuple[Path, Stage]:
    """The stages in order, and the one that the case is in; of a closed case the last."""
    behind = tuple(
        stage
        for stage, was_there in ((Stage.CLAIM, has_claim), (Stage.TALKS, had_talks), (Stage.MEDIATION, was_mediated))
        if was_there
    )
    if state in (State.EXECUTING, State.CLOSED):
        end = (*_BY[outcome], Stage.PAYMENT) if outcome in _BY else (Stage.CLOSED,)
        return (*behind, *end), end[-1]
    now = _NOW[state]
    if not has_claim:
        return (now, Stage.MEDIATION, Stage.CLOSED) if now is Stage.ASKED else (now, Stage.CLOSED), now
    of_track = _AHEAD_OF_HOURS if track is Track.HOURLY else {}
    ahead = of_track.get(state) or _AHEAD.get(state, (Stage.PAYMENT,))
    return (*(stage for stage in behind if stage is not now and stage not in ahead), now, *ahead), now
