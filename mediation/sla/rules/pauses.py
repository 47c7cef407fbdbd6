"""Pauses that should not have been: while somebody waits for an answer, nothing is asked of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from mediation.sla.rules.business import ZERO, business_between
from mediation.sla.rules.calendar import Calendar, Span

Pause = tuple[datetime, datetime | None]


def illegitimate(
    pauses: Iterable[Pause], unanswered: Iterable[Pause], calendar: Calendar | None, *, until: datetime
) -> timedelta:
    """The paused business time that overlaps an unanswered message of the person it waited for.

    What has not ended counts until `until`. The adjusted figure of a clock is what it counted plus this.
    """
    waited = _merged(unanswered, until)
    lengths = (
        business_between(calendar, max(begin, start), min(end, stop))
        for begin, end in _merged(pauses, until)
        for start, stop in waited
        if max(begin, start) < min(end, stop)
    )
    return sum(lengths, ZERO)


def _merged(spans: Iterable[Pause], until: datetime) -> list[Span]:
    """The spans without their overlaps, in order."""
    merged: list[Span] = []
    for begin, end in sorted((begin, end or until) for begin, end in spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return merged
