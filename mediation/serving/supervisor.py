"""Starts the children, brings back whoever dies, and stops them in order."""

import json
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType

from mediation.serving.child import Child

LOOK_EVERY_SECONDS = 0.1
READY_WITHIN_SECONDS = 60.0


class Supervisor:
    """Children in the order they are started; they stop in the order of their `stops_in`."""

    def __init__(self, *, ready_url: str, say: Callable[[str], object]) -> None:
        self.children: list[Child] = []
        self.ready_url = ready_url
        self.say = say
        self.is_stopping = False

    def listen_for_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def start(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def watch(self, *, when_ready: Callable[[], object]) -> None:
        """Run until asked to stop. Calls `when_ready` once, as soon as the web answers that all is well."""
        announced, late_at = False, time.monotonic() + READY_WITHIN_SECONDS
        while not self.is_stopping:
            self.bring_back_the_dead()
            if not announced and self._is_ready():
                announced = True
                when_ready()
            if not announced and time.monotonic() > late_at:
                late_at += READY_WITHIN_SECONDS
                self.say(f"Still not ready. What is wrong stands in {self.ready_url}")
            time.sleep(LOOK_EVERY_SECONDS)

    def bring_back_the_dead(self) -> None:
        for child in self.children:
            was_waiting = bool(child.starts_again_at)
            due = child.is_due_again()
            if child.starts_again_at and not was_waiting:
                self.say(f"{child.name} ended ({_how(child.exit_status())}); back in {child.pause:.2g} s")
            if due:
                child.start()

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(self.ready_url, timeout=2) as answer:  # noqa: S310  (our own address)
                return bool(json.load(answer)["status"] == "ok")
        except (OSError, ValueError, urllib.error.URLError):
            return False

    def stop(self) -> None:
        """The web first (it finishes its sends), then worker and beat together, the stores last. At most 10 s."""
        for group in _in_stopping_order(self.children):
            for child in group:
                child.ask_to_stop()
            for child in group:
                if not child.wait_stopped():
                    self.say(f"{child.name} did not stop in {child.stop_seconds:.0f} s and was killed")


def _in_stopping_order(children: list[Child]) -> list[list[Child]]:
    groups: dict[int, list[Child]] = {}
    for child in children:
        groups.setdefault(child.stops_in, []).append(child)
    return [groups[turn] for turn in sorted(groups)]


def _how(status: int | None) -> str:
    if status is not None and status < 0:
        return signal.Signals(-status).name
    return f"exit status {status}"
