"""How fast we may ask (design: facts, 3), when to try again, and when to stop asking for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` within `per`. A fifth of it may be used at once and the rest fills evenly, so that no window of
    that length, wherever it begins, holds more.
    """

    most: int
    per: timedelta

    @property
    def burst(self) -> int:
        return max(1, self.most // 5)

    @property
    def each(self) -> timedelta:
        """How long one takes to fill again."""
        return self.per / max(1, self.most - self.burst)


def take(limit: Limit, full_at: datetime | None, now: datetime) -> tuple[datetime | None, timedelta]:
    """Use one: when the allowance is full again, and no wait; or None, and how long until one is there."""
    after = max(full_at or now, now) + limit.each
    over = (after - now) - limit.each * limit.burst
    return (after, timedelta()) if over <= timedelta() else (None, over)


UPDATES = Limit(100, MINUTE)
OF_A_TICKET = Limit(30, timedelta(minutes=10))
USERS = Limit(1, timedelta(seconds=1))
EXPORTS = Limit(10, MINUTE)

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
WAIT_WITHOUT_WORD = timedelta(minutes=1)  # after a 429 that does not say how long
FORBIDDEN_WAIT = timedelta(minutes=15)  # a wrong scope or role is mended by a person
LOOKS, BETWEEN_LOOKS = 2, timedelta(seconds=30)
KEY_LIVES = timedelta(minutes=110)  # Zendesk forgets an Idempotency-Key after two hours
FAILURES_TO_STOP = 5
FIRST_STOP, LONGEST_STOP = timedelta(seconds=30), timedelta(minutes=10)


def wait_after(attempts: int) -> timedelta:
    """How long after so many failures of one thing it is tried again."""
    return min(FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 10), LONGEST_WAIT)


def stop_after(failures: int) -> timedelta:
    """How long nobody asks at all after so many failures in a row; none while they are few."""
    over = failures - FAILURES_TO_STOP
    return timedelta() if over < 0 else min(FIRST_STOP * 2 ** min(over, 10), LONGEST_STOP)


def wait_said(header: str | None) -> timedelta:
    """What a Retry-After asks for, in whole seconds; a minute where there is none that can be read."""
    text = (header or "").strip()
    return timedelta(seconds=min(int(text), 3600)) if text.isdigit() else WAIT_WITHOUT_WORD
