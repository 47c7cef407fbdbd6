"""A case that was opened again is decided anew: what decided it before is history."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from mediation.disputes.models import Dispute


class Counted(Protocol):
    """A row that knows how often its case had been opened again when it came to be."""

    reopenings: int


Row = TypeVar("Row", bound=Counted)


def of(rows: Iterable[Row], reopenings: int) -> list[Row]:
    """Those from when the case had been opened again so often; with the case's own number those that decide now."""
    return [one for one in rows if one.reopenings == reopenings]


def began_at(dispute: Dispute) -> datetime | None:
    """When the case was last opened again, which is when its mediation's time began anew; None if it never was."""
    if not dispute.reopenings:
        return None
    return min((one.set_at for one in of(dispute.deadlines.all(), dispute.reopenings)), default=None)
