"""What the guards need to know of a case at the moment of a command, gathered by `queries.facts`. Plain values only."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Actor, Phase, State, Track


@dataclass(frozen=True, slots=True)
class OfferFacts:
    id: UUID
    made_by: UUID
    version: int
    is_open: bool
    expires_at: datetime


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
    held_minor: int
    asker: UUID | None = None
    mediator: UUID | None = None
    parties: tuple[UUID, ...] = ()
    has_other_open: bool = False
    window_ends: datetime | None = None
    is_on_hold: bool = False
    is_overdue: bool = False
    grace_used: bool = False
    notice_channels: frozenset[str] = frozenset()
    notices: int = 0
    is_absent: bool = False
    absent_days_this_year: int = 0
    cooled_off: frozenset[UUID] = frozenset()
    is_cooling_off: bool = False
    extensions: int = 0
    deadline: datetime | None = None
    evidence_closed: bool = False
    issues: tuple[tuple[UUID, str, bool], ...] = ()  # id, status, confirmed by both
    offers: tuple[OfferFacts, ...] = ()
    conflict: str = "clear"  # clear, disclose, blocked
    cases_of_actor: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    def offer(self, offer_id: UUID) -> OfferFacts | None:
        """The offer with that id."""
        return next((one for one in self.offers if one.id == offer_id), None)
