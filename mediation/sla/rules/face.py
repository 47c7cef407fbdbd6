"""The face of a clock: on time, due soon, at risk, breached or paused. The page's twin is
static/js/components/countdown.js; a test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

LEFT = (100, 50, 20, 0)  # percent of the time, at the four marks


class State(StrEnum):
    OK = "ok"
    SOON = "soon"
    RISK = "risk"
    LATE = "late"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Face:
    """`left` is what the ring shows, in percent; `seconds` are to the due time, negative once it is over."""

    state: State
    left: int
    seconds: int | None


def face(marks: Sequence[datetime], due_at: datetime | None, now: datetime) -> Face:
    """How a clock looks at a moment; `marks` are when 0, 50, 80 and 100 % of its time are over."""
    if due_at is not None and due_at < now:
        return Face(State.LATE, 0, int((due_at - now).total_seconds()))
    if not marks or due_at is None:
        return Face(State.PAUSED, 50, None)
    return Face(_state(marks, now), _left(marks, now), int((due_at - now).total_seconds()))


def _state(marks: Sequence[datetime], now: datetime) -> State:
    if now < marks[1]:
        return State.OK
    return State.SOON if now < marks[2] else State.RISK


def _left(marks: Sequence[datetime], now: datetime) -> int:
    """Straight between the marks: while the desk is closed the ring moves on with the clock on the wall."""
    for (begin, end), (before, after) in zip(pairwise(marks), pairwise(LEFT), strict=True):
        if now < end:
            over = max((now - begin) / (end - begin), 0)
            return round(before - (before - after) * over)
    return 0
