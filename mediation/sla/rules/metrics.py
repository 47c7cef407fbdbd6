"""What is measured (domain, section 6): the one table that says which happening begins, ends and pauses which clock.

A happening is an event of the case by its name, or one of the two kinds of message. Subscribers and tests read this
table; nothing else decides.
"""

from dataclasses import dataclass
from enum import StrEnum

from mediation.disputes.rules.states import FILED, OPEN, State
from mediation.disputes.rules.table import LEVELLED

AGENT_WROTE, PARTY_WROTE = "agent_wrote", "party_wrote"
HOLD, REQUEST, COOLING_OFF = "hold", "request", "cooling_off"


class Metric(StrEnum):
    EE = "EE"
    CLAIM = "CLAIM"
    TTFR = "TTFR"
    TTFC = "TTFC"
    NRT = "NRT"
    PUT = "PUT"
    REC = "REC"
    LOG = "LOG"
    OBJ = "OBJ"
    PROM = "PROM"
    TRES = "TRES"


class Whose(StrEnum):
    """To whom a clock belongs."""

    CASE = "case"
    ASKER = "asker"  # the party that asked for a mediator
    EACH = "each"  # each party has one of its own
    PROMISE = "promise"  # the case, for each promise


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table. Outside of the states it lives in, a clock that still runs is cancelled.

    `since_first`: only once the party has had its first answer; what comes before is counted by that clock.
    """

    metric: Metric
    whose: Whose
    begins: frozenset[str]
    ends: frozenset[str]
    lives_in: frozenset[State]
    pauses: frozenset[str] = frozenset()
    since_first: bool = False


def _measure(
    metric: Metric, whose: Whose, *, begins: str, ends: str, lives_in: frozenset[State], pauses: str = "",
    since_first: bool = False,
) -> Measure:  # fmt: skip
    return Measure(
        metric,
        whose,
        frozenset(begins.split()),
        frozenset(ends.split()),
        lives_in,
        frozenset(pauses.split()),
        since_first,
    )


ASKED = "dispute.ask_mediator dispute.talks_overdue"
IN_QUEUE = frozenset({State.ESCALATED})
WITH_MEDIATOR = frozenset({State.ESCALATED, State.MEDIATING})
MEDIATING = frozenset({State.MEDIATING})
ANSWERABLE = FILED - {State.EXECUTING, State.IN_ARBITRATION}

# What belongs to a referral and not to a case: `escalations` counts it, by these policies and with this fold.
OF_REFERRALS = frozenset({Metric.EE})
TABLE: tuple[Measure, ...] = (
    _measure(Metric.CLAIM, Whose.CASE, begins=f"{ASKED} dispute.release dispute.replace_mediator",
             ends="dispute.claim dispute.assign", lives_in=IN_QUEUE, pauses=HOLD),
    _measure(Metric.TTFR, Whose.ASKER, begins=ASKED, ends=AGENT_WROTE, lives_in=WITH_MEDIATOR, pauses=HOLD),
    _measure(Metric.TTFC, Whose.EACH, begins=ASKED, ends=AGENT_WROTE, lives_in=WITH_MEDIATOR, pauses=HOLD),
    _measure(Metric.NRT, Whose.EACH, begins=PARTY_WROTE, ends=AGENT_WROTE, lives_in=ANSWERABLE, pauses=HOLD,
             since_first=True),
    _measure(Metric.PUT, Whose.EACH, begins=AGENT_WROTE, ends=AGENT_WROTE, lives_in=MEDIATING,
             pauses=f"{HOLD} {REQUEST} {COOLING_OFF}"),
    _measure(Metric.REC, Whose.CASE, begins="dispute.close_evidence", ends="dispute.issue_recommendation",
             lives_in=MEDIATING, pauses=HOLD),
    _measure(Metric.LOG, Whose.CASE, begins="dispute.decline dispute.response_overdue",
             ends="dispute.record_log_review", lives_in=frozenset({State.LOG_REVIEW}), pauses=HOLD),
    _measure(Metric.OBJ, Whose.CASE, begins="dispute.object_to_mediator", ends="dispute.decide_objection",
             lives_in=MEDIATING),
    _measure(Metric.PROM, Whose.PROMISE, begins="dispute.promise", ends="dispute.keep_promise", lives_in=LEVELLED,
             pauses=HOLD),
    _measure(Metric.TRES, Whose.CASE, begins="dispute.file dispute.attach_claim dispute.reopen", ends="closed",
             lives_in=OPEN),
)  # fmt: skip

MEASURES = {measure.metric: measure for measure in TABLE}
if len(MEASURES) != len(TABLE) or OF_REFERRALS.symmetric_difference(MEASURES) != frozenset(Metric):
    raise ValueError("Each metric has one line in the table or belongs to referrals.")


def measure_of(metric: str) -> Measure:
    """The line of a metric of cases. Raises ValueError for one of referrals."""
    found = MEASURES.get(Metric(metric))
    if found is None:
        raise ValueError(f"{metric} is no metric of cases: rules/metrics.py says so.")
    return found


# What begins or ends a pause, and why.
PAUSED_BY = {"dispute.hold": HOLD, "dispute.make_request": REQUEST, "dispute.cool_off": COOLING_OFF}
RESUMED_BY = {
    "dispute.unhold": HOLD,
    "dispute.answer_request": REQUEST,
    "dispute.withdraw_request": REQUEST,
    PARTY_WROTE: REQUEST,
}


def is_agent_message(*, is_staff: bool, audience: str) -> bool:
    """Written by a human with a staff role where a party reads it. A note among staff never is."""
    return is_staff and audience != "internal"
