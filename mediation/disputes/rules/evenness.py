"""Whether a mediator hears and answers both sides alike, from who wrote when and to whom. Pure.

Words to everyone count for both sides, words in private for the side they were said to or by. What difference is small
is a number of the case's policy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.response import waits

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Said:
    """A written message. `only` is the side that it was private with, None for one to everyone."""

    author: UUID | None
    at: datetime
    words: int
    only: UUID | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One side before the mediator: how long its words wait, since when some wait now, and the words both ways."""

    reply: timedelta | None
    waiting_since: datetime | None
    words_to: int
    words_of: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing of both sides, client first; lengths in seconds, None where there is nothing to measure yet. Where
    `small` is None it is only told, and never weighed.
    """

    name: str
    client: int | None
    freelancer: int | None
    small: int | None = None
    least_percent: int = 0

    @property
    def is_even(self) -> bool:
        """The two are a small difference apart, under which nobody feels treated worse however the shares look; or the
        lesser is enough of the greater.
        """
        if self.small is None or self.client is None or self.freelancer is None:
            return True
        less, more = sorted((self.client, self.freelancer))
        return more - less <= self.small or less * 100 >= more * self.least_percent


def measure(name: str, client: int | None, freelancer: int | None, terms: Terms) -> Measure:
    """The two values of one name, with what the policy says of it."""
    small = {
        "reply": terms.even_reply_minutes * MINUTE,
        "private": terms.even_private_minutes * MINUTE,
        "words": terms.even_words,
        "requests": terms.even_requests,
    }
    return Measure(name, client, freelancer, small.get(name), terms.even_least_percent)


def heard(written: Sequence[Said], party: UUID, mediator: UUID, since: datetime | None = None) -> Heard:
    """How one side is heard. `written` is in order of time. What was written before `since`, when this mediator took
    the case, waits for them from then on.
    """
    seen = [one for one in written if one.only in (None, party) and one.author in (party, mediator)]
    turns = [
        (one.author, max(one.at, since) if since else one.at)
        for one in seen
        if since is None or one.at >= since or one.author == party
    ]
    lengths = waits(turns, mediator)
    last = max((number for number, (author, _) in enumerate(turns) if author == mediator), default=-1)
    return Heard(
        reply=timedelta(seconds=round(median(one.total_seconds() for one in lengths))) if lengths else None,
        waiting_since=next((at for _, at in turns[last + 1 :]), None),
        words_to=sum(one.words for one in seen if one.author == mediator),
        words_of=sum(one.words for one in seen if one.author == party),
    )


def is_even(measures: Iterable[Measure]) -> bool:
    """Whether nothing that the mediator does tips to one side."""
    return all(one.is_even for one in measures)
