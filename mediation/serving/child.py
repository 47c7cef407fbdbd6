"""One child process: started so that it cannot outlive its parent, stopped politely, restarted with back-off."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None

FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 10.0
STEADY_SECONDS = 20.0  # who ran this long starts again without a pause


def _die_with_parent() -> None:
    """Runs in the child before its program: the kernel sends it SIGTERM when the supervisor is gone, however that
    happened. Linux only; elsewhere a supervisor killed with -9 leaves its children.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """A program that should be running.

    Children stop turn by turn (`stops_in`), each within `stop_seconds`, the time to finish what is in flight.
    """

    name: str
    command: Sequence[str]
    stops_in: int
    env: Mapping[str, str] = field(default_factory=dict)
    stop_seconds: float = 3.0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    starts_again_at: float = 0.0
    pause: float = 0.0
    stops_by: float = 0.0

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor alone, which then stops its children in order.
        self.process = subprocess.Popen(  # noqa: S603  (our own commands)
            list(self.command),
            env={**os.environ, **self.env},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  (the supervisor has no threads)
        )
        self.started_at = time.monotonic()
        self.starts_again_at = 0.0

    def exit_status(self) -> int | None:
        """None while it runs, else its exit status (negative: the signal that killed it)."""
        return self.process.poll() if self.process else None

    def is_due_again(self) -> bool:
        """Notice a death, decide on the pause before the next start, and say whether that moment has come."""
        if self.exit_status() is None:
            return False
        now = time.monotonic()
        if not self.starts_again_at:
            steady = now - self.started_at >= STEADY_SECONDS
            self.pause = 0.0 if steady else min(max(self.pause * 2, FIRST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
            self.starts_again_at = now + self.pause
        return now >= self.starts_again_at

    def ask_to_stop(self) -> None:
        self.stops_by = time.monotonic() + self.stop_seconds
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait_stopped(self) -> bool:
        """Wait until `stop_seconds` after it was asked, then kill. True when it went by itself."""
        if self.process is None:
            return True
        try:
            self.process.wait(max(self.stops_by - time.monotonic(), 0.01))
            return True
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            return False
