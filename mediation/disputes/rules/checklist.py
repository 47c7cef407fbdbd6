"""What belongs to each phase of a mediation, and how much of it is done. Pure.

`needed` is what the workflow asks before the next phase or act; the rest is good practice, and the mediator's to judge.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mediation.disputes.rules.states import Phase

BOTH = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a mediation has come; counts of sides go to two, the others to what there is."""

    has_claim: bool
    greeted: int  # sides that have words of the mediator's
    stated: int  # sides whose opening statement is there
    points: int
    positions: int  # of two for each point
    confirmed: int  # points that both have confirmed, or that are agreed or set aside
    talks_offered: int  # sides
    talks_owed: int  # sides that were promised a private talk and still wait for it
    evidence: int
    evidence_answered: int
    requests: int
    requests_ended: int
    offering: int  # sides that have made an offer
    is_evidence_closed: bool
    found: int  # points with a finding that cites evidence


@dataclass(frozen=True, slots=True)
class Check:
    """One line: `done` of `of`."""

    name: str
    done: int
    of: int
    needed: bool = False

    @property
    def is_done(self) -> bool:
        return self.done >= self.of


def checks(phase: Phase, so_far: Progress) -> list[Check]:
    """The lines of a phase; what there is nothing of is left out."""
    return [one for one in _LINES[phase](so_far) if one.of]


def _opening(so_far: Progress) -> Iterator[Check]:
    yield Check("greeted", so_far.greeted, BOTH)
    yield Check("stated", so_far.stated, BOTH if so_far.has_claim else 0)


def _issues(so_far: Progress) -> Iterator[Check]:
    yield Check("points", so_far.points, max(1, so_far.points))
    yield Check("positions", so_far.positions, BOTH * so_far.points)
    yield Check("confirmed", so_far.confirmed, so_far.points)


def _exploring(so_far: Progress) -> Iterator[Check]:
    yield Check("confirmed", so_far.confirmed, max(1, so_far.points), needed=True)
    yield Check("talks_offered", so_far.talks_offered, BOTH)
    yield Check("evidence", so_far.evidence_answered, so_far.evidence)
    yield Check("requests", so_far.requests_ended, so_far.requests)


def _options(so_far: Progress) -> Iterator[Check]:
    yield Check("offers", so_far.offering, BOTH if so_far.has_claim else 0)
    yield Check("requests", so_far.requests_ended, so_far.requests)
    yield from _nobody_waits_for_a_talk(so_far)


def _drafting(so_far: Progress) -> Iterator[Check]:
    yield Check("closed", int(so_far.is_evidence_closed), 1, needed=True)
    yield Check("found", so_far.found, max(1, so_far.points), needed=True)
    yield from _nobody_waits_for_a_talk(so_far)


def _nobody_waits_for_a_talk(so_far: Progress) -> Iterator[Check]:
    if so_far.talks_offered:
        yield Check("talks_held", so_far.talks_offered - so_far.talks_owed, so_far.talks_offered, needed=True)


_LINES = {
    Phase.OPENING: _opening,
    Phase.ISSUES: _issues,
    Phase.EXPLORING: _exploring,
    Phase.OPTIONS: _options,
    Phase.DRAFTING: _drafting,
}
