"""The stand-in's own clock: tests move it, and everything that ages follows."""

import time
from datetime import UTC, datetime


class Clock:
    """Seconds since 1970, `ahead` of the machine's; it can be stopped, and moves then only by hand."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.stopped_at: float | None = None

    def _machine(self) -> float:
        return time.time() if self.stopped_at is None else self.stopped_at

    def now(self) -> float:
        return self._machine() + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += seconds

    def set_to(self, moment: str) -> None:
        self.ahead = moment_of(moment) - self._machine()

    def stop(self) -> None:
        self.stopped_at = self._machine()

    def start(self) -> None:
        """As the machine's."""
        self.ahead, self.stopped_at = 0.0, None

    def iso(self) -> str:
        return iso(self.now())


def iso(moment: float) -> str:
    """As Zendesk writes it, to the second: 2026-07-01T09:30:00Z."""
    return datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str) -> float:
    """Raises ValueError when it is no moment."""
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
