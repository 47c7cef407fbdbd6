"""The one clock. Moments are aware, in UTC, to the millisecond: what is stored is what is shown and compared."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)
_received: ContextVar[datetime | None] = ContextVar("received", default=None)


def to_millisecond(moment: datetime) -> datetime:
    """The moment in UTC with everything below the millisecond cut off."""
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


def now() -> datetime:
    """This moment, or the one set by `at`."""
    return _fixed.get() or to_millisecond(datetime.now(UTC))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` within this context: demo data are written with their own dates."""
    token = _fixed.set(to_millisecond(moment))
    try:
        yield
    finally:
        _fixed.reset(token)


def received() -> datetime:
    """When what is worked on now reached us, however long it has waited since; this moment where no door has said."""
    return _received.get() or now()


@contextmanager
def receiving(moment: datetime) -> Iterator[None]:
    """A door says when it took what is worked on in this context."""
    token = _received.set(moment)
    try:
        yield
    finally:
        _received.reset(token)


def iso(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds: `2026-11-21T21:49:18.123Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """The moment that `iso` wrote so. Raises ValueError for anything else, however like a date it looks."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
