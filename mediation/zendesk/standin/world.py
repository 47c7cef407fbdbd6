"""Everything the stand-in knows, behind one lock; kept in one JSON file when it was given one."""

import json
import threading
from collections import deque
from pathlib import Path
from typing import Any

from mediation.zendesk.standin.clock import Clock
from mediation.zendesk.standin.faults import Fault
from mediation.zendesk.standin.seed import first_data
from mediation.zendesk.standin.switches import Switches

Json = dict[str, Any]
MOST_SEEN = 50_000  # requests and deliveries, so that one that runs for weeks does not eat the machine
_BY_NUMBER = ("tickets", "audits", "users")  # JSON knows only words as keys


class World:
    """`data` is what is kept: tickets, audits by ticket, users, uploads, jobs, tokens, keys, mails.

    Whoever reads or changes any of it holds `lock`. Switches, faults and what was seen die with the process.
    """

    def __init__(self, *, state: Path | None = None, switches: Json | None = None) -> None:
        self.lock = threading.RLock()
        self.state = state
        self.started_with = switches or {}
        self.address = ""
        self.is_dirty = False
        self.clock = Clock()
        self.reset({})
        if state and state.exists():
            self._read(state)

    def reset(self, switches: Json) -> None:
        """As it began, with these switches set. Raises ValueError for one that does not exist."""
        fresh = Switches()
        fresh.set(self.started_with)
        fresh.set(switches)
        with self.lock:
            self.switches = fresh
            self.clock.start()
            self.data: Json = first_data(self.clock.iso())
            self.faults: list[Fault] = []
            self.seen: deque[Json] = deque(maxlen=MOST_SEEN)
            self.counted: dict[tuple[Any, ...], list[float]] = {}
            self.deliveries: deque[Json] = deque(maxlen=MOST_SEEN)
            self.waiting: list[Json] = []
            self.is_dirty = True

    def next_id(self, kind: str) -> int:
        self.data["next"][kind] += 1
        return int(self.data["next"][kind])

    def save(self) -> None:
        """Write what has changed since the last time. Cut short, it leaves the file as it was."""
        if not self.state or not self.is_dirty:
            return
        with self.lock:
            text = json.dumps(self.data)
            self.is_dirty = False
        half = self.state.with_suffix(".half")
        half.write_text(text)
        half.replace(self.state)

    def _read(self, state: Path) -> None:
        """Raises ValueError that says which file is in the way."""
        try:
            kept = json.loads(state.read_text())
            for name in _BY_NUMBER:
                kept[name] = {int(key): value for key, value in kept[name].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as trouble:
            raise ValueError(f"{state} holds no state of it ({trouble}). Remove that file.") from None
        self.data = {**self.data, **kept}
