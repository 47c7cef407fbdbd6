"""The stand-in's own clock: tests move it, and everything that ages follows."""

import time
from datetime import UTC, datetime


class Clock:
    """Seconds since 1970, `ahead` of the machine's."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> float:
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += seconds

    def set_to(self, moment: str) -> None:
        self.ahead = moment_of(moment) - time.time()

    def iso(self) -> str:
        return iso(self.now())


def iso(moment: float) -> str:
    """As Zendesk writes it, to the second: 2026-07-01T09:30:00Z."""
    return datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str) -> float:
    """Raises ValueError when it is no moment."""
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
