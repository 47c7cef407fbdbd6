"""How quickly somebody answers, from who wrote when. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID


def waits(written: Sequence[tuple[UUID | None, datetime]], person: UUID) -> list[timedelta]:
    """For each time that others had written and the person then did: how long the first of those words waited.

    `written` is in order of time. Several messages in a row wait once; what was never answered does not count.
    """
    found: list[timedelta] = []
    since: datetime | None = None
    for author, at in written:
        if author != person:
            since = since or at
        elif since is not None:
            found.append(at - since)
            since = None
    return found


def usual_wait(written: Sequence[tuple[UUID | None, datetime]], person: UUID) -> timedelta | None:
    """The median of the waits; None where nobody waited yet."""
    found = waits(written, person)
    return timedelta(seconds=round(median(one.total_seconds() for one in found))) if found else None
