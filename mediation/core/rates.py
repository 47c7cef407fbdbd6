"""How fast a person may speak: token buckets, in memory, one per person and process, the same for every door."""

import time
from uuid import UUID

from django.conf import settings

from mediation.core.errors import TooMany

# Seconds. Sums of floats come out a little high or low: without it the last token of a full bucket is there or not
# by chance.
_ROUNDING = 1e-6


class Bucket:
    """Holds at most `burst` tokens and fills at `per_second`. Time is the monotonic clock, in seconds."""

    __slots__ = ("burst", "full_at", "per_second")

    def __init__(self, burst: float, per_second: float) -> None:
        self.burst = burst
        self.per_second = per_second
        self.full_at = 0.0

    def take(self, moment: float | None = None) -> bool:
        """Use one token. False if there is none."""
        moment = time.monotonic() if moment is None else moment
        begin = max(self.full_at, moment) + 1 / self.per_second
        if begin - moment > self.burst / self.per_second + _ROUNDING:
            return False
        self.full_at = begin
        return True

    def is_full(self, moment: float) -> bool:
        return self.full_at <= moment


class Rate:
    """A bucket for each person. Safe to use from any thread: at worst two sends at one instant count as one."""

    _REMEMBERED = 1_000

    def __init__(self, burst: int | None = None, per_minute: float | None = None) -> None:
        """Without numbers: as fast as messages may be sent."""
        self._burst, self._per_minute = burst, per_minute
        self._buckets: dict[UUID, Bucket] = {}
        self._tidy_above = self._REMEMBERED

    def take(self, person: UUID) -> bool:
        """Whether the person is within the rate; counts this one."""
        bucket = self._buckets.get(person)
        if bucket is None:
            self._tidy()
            burst = self._burst or settings.LIVE_SEND_BURST
            new = Bucket(burst, (self._per_minute or settings.LIVE_SEND_PER_MINUTE) / 60)
            bucket = self._buckets.setdefault(person, new)
        return bucket.take()

    def check(self, person: UUID) -> None:
        """The same for doors that hold a single message. Raises TooMany."""
        if not self.take(person):
            raise TooMany

    def forget(self) -> None:
        """Everybody starts with a full bucket: for tests."""
        self._buckets.clear()

    def _tidy(self) -> None:
        """Who has been silent long enough to have a full bucket need not be remembered."""
        if len(self._buckets) < self._tidy_above:
            return
        now = time.monotonic()
        for silent in [person for person, bucket in list(self._buckets.items()) if bucket.is_full(now)]:
            self._buckets.pop(silent, None)
        self._tidy_above = max(self._REMEMBERED, 2 * len(self._buckets))


sends = Rate()
commands = Rate()
passwords = Rate(burst=5, per_minute=5)
