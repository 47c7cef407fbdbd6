"""What a room knows of the case that it is about: no more than what its doors depend on. The case itself belongs to
the slice above, which answers for it (`audience.cases`).
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Act(StrEnum):
    """What a room offers that is the case's to allow."""

    ASK = "ask"
    CANCEL_ASK = "cancel_ask"
    JOIN = "join"
    LEAVE = "leave"


class NotNow(StrEnum):
    """Why the mediator cannot write to one side in private just now."""

    BEGIN = "begin"  # no private talk goes on
    OTHER = "other"  # one with the other side does
    OVER = "over"  # the case is not in mediation


@dataclass(frozen=True, slots=True)
class CaseOfRoom:
    """The open case of a room. `talks_in` is the audience of the private talk that goes on, if one does."""

    id: UUID
    mediator: UUID | None
    is_mediated: bool
    talks_in: str | None
    allows: frozenset[Act]

    def silence(self, audience: str) -> NotNow | None:
        """Why a mediator cannot write in this private thread, or None: only in a private talk with its party, which
        both sides see (domain, section 2).
        """
        if self.talks_in == audience:
            return None
        if not self.is_mediated:
            return NotNow.OVER
        return NotNow.OTHER if self.talks_in else NotNow.BEGIN
