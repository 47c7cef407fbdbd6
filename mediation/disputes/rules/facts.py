"""What the guards need to know of a case at the moment of a command, gathered by `queries.facts`. Plain values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from mediation.disputes.rules.claimable import About
from mediation.disputes.rules.ladder import Rung, Why
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Actor, Phase, State, Track


@dataclass(frozen=True, slots=True)
class OfferFacts:
    id: UUID
    made_by: UUID
    version: int
    is_open: bool
    expires_at: datetime
    said: tuple[int, tuple[str, ...], str] = (0, (), "")  # what goes back, the conditions, the word with it


@dataclass(frozen=True, slots=True)
class Facts:
    """The case as the guards see it. Sums are in minor units."""

    now: datetime
    terms: Terms
    state: State
    track: Track
    phase: Phase | None
    actor: UUID | None
    actors: frozenset[Actor]
    amount_minor: int
    asker: UUID | None = None
    mediator: UUID | None = None
    parties: tuple[UUID, ...] = ()
    has_other_open: bool = False
    about: About | None = None
    window_ends: datetime | None = None
    is_on_hold: bool = False
    is_overdue: bool = False
    grace_used: bool = False
    notices: Mapping[str, frozenset[str]] = field(default_factory=dict)  # notice → channels that have taken it
    is_absent: bool = False
    is_gone: bool = False  # the respondent's account is closed
    absent_days: frozenset[date] = frozenset()  # what the actor has declared already, in every case
    absence_from: datetime | None = None  # when an absence of the actor would begin
    cooled_off: frozenset[UUID] = frozenset()
    is_cooling_off: bool = False
    extensions: int = 0
    deadline: datetime | None = None
    talks_left: timedelta = timedelta()
    evidence_closed: bool = False
    issues: tuple[tuple[UUID, str, bool], ...] = ()  # id, status, confirmed by both
    offers: tuple[OfferFacts, ...] = ()
    conflict: str = "clear"  # clear, disclose, blocked
    cases_of_actor: int = 0
    is_full: bool = False  # whoever would come carries as much as they can
    stands_at: Rung = Rung.QUEUE
    levels_asked: Mapping[int, Why] = field(default_factory=dict)  # what waits, and why it was asked for
    may_take: frozenset[Rung] = frozenset()  # of those, what the actor's role can answer
    may_drop: frozenset[Rung] = frozenset()  # and what the actor may say is not needed
    extra: Mapping[str, Any] = field(default_factory=dict)

    def offer(self, offer_id: UUID) -> OfferFacts | None:
        """The offer with that id."""
        return next((one for one in self.offers if one.id == offer_id), None)
