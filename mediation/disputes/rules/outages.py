"""What may be recorded as an outage of ours by hand, and how much of one a deadline is given back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from mediation.disputes.errors import OutageTimes, ReasonMissing

LONGEST = timedelta(days=7)  # a longer one is a slip of the hand
Stretch = tuple[datetime, datetime]
Hold = tuple[datetime, datetime | None]  # without an end: it goes on


def check_outage(began_at: datetime, ended_at: datetime, reason: str, now: datetime) -> None:
    """It has begun and ended, lasted no longer than a week, and somebody says what happened.

    Raises OutageTimes, ReasonMissing.
    """
    if not (began_at < ended_at <= now and ended_at - began_at <= LONGEST):
        raise OutageTimes(detail={"most_days": LONGEST.days})
    if not reason.strip():
        raise ReasonMissing


def lost(outage: Stretch, *, since: datetime, holds: Iterable[Hold]) -> Stretch | None:
    """What an outage took from a deadline that was set at `since`, on the clock that the deadline runs by now; None if
    it took nothing.

    That clock stands still during a hold: a hold that is over has moved the deadline by its length, so what was before
    lies as much nearer to it, and one that goes on has moved nothing yet. So the outage is given for what lies outside
    of the holds, at once and once, and the case on hold finds it in the time it has left.
    """
    if outage[1] <= since:
        return None
    counted = [(begins, ends) for begins, ends in holds if ends is None or ends > since]
    began, ended = (_on_the_clock(moment, counted) for moment in outage)
    return (began, ended) if began < ended else None


def _on_the_clock(moment: datetime, holds: Iterable[Hold]) -> datetime:
    stood = timedelta()
    for begins, ends in holds:
        if ends is None:
            moment = min(moment, begins)
        elif moment < ends:
            stood += ends - max(moment, begins)
    return moment + stood
