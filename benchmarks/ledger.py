"""What was sent, what was acknowledged and who got it: the judge of every run.

A message is known by its number, which is the start of its text, so the same judge serves every server.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count, pairwise
from time import perf_counter

BODY_BYTES = 200
FILLING = "the milestone was delivered on Friday and the client asked for one more round of changes before release "
# Never used twice in a run: the product would take a repeated number for a retry, and rightly so.
_numbers = count(1)


def body(number: int, size: int = BODY_BYTES) -> str:
    """The text of message `number`, `size` bytes long."""
    return f"{number:010d} {FILLING * (size // len(FILLING) + 1)}"[:size]


def number_of(text: str) -> int | None:
    """The number of a message of this run; None for what was stored before it."""
    head = text[:10]
    return int(head) if len(head) == 10 and head.isdigit() else None


@dataclass
class Ledger:
    """Numbers, moments (seconds) and places of the messages of one run.

    `got` keeps, for each viewer, the (order, number) pairs in the sequence of arrival; `order` is whatever the
    server orders by (a sequence number, a row id).
    """

    viewers: dict[int, int] = field(default_factory=dict)  # message number → how many viewers must get it
    sent_at: dict[int, float] = field(default_factory=dict)
    room_of: dict[int, object] = field(default_factory=dict)
    acked: dict[int, float] = field(default_factory=dict)
    got: dict[tuple[object, str], list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    last_member_seconds: list[float] = field(default_factory=list)
    _left: dict[int, int] = field(default_factory=dict)

    def start(self, room: object, viewers: int, at: float | None = None) -> int:
        """A message is about to be sent; returns its number. `at` is when it was due, if later than now is unfair."""
        number = next(_numbers)
        self.sent_at[number] = perf_counter() if at is None else at
        self.room_of[number] = room
        self.viewers[number] = self._left[number] = viewers
        return number

    def ack(self, number: int) -> None:
        if number not in self.acked:
            self.acked[number] = perf_counter() - self.sent_at[number]

    def take(self, room: object, viewer: str, order: int, number: int) -> None:
        """`viewer` received message `number`."""
        self.got[room, viewer].append((order, number))
        left = self._left.get(number, 0) - 1
        self._left[number] = left
        if left == 0:
            self.last_member_seconds.append(perf_counter() - self.sent_at[number])

    @property
    def outstanding(self) -> int:
        """Acknowledged deliveries that have not reached every viewer."""
        return sum(1 for number in self.acked if self._left[number] > 0)

    def faults(self, seats: Iterable[tuple[object, str]]) -> list[str]:
        """Every lost, doubled or reordered message, in words; empty when all is well."""
        acked_in: dict[object, set[int]] = defaultdict(set)
        for number in self.acked:
            acked_in[self.room_of[number]].add(number)
        found = []
        for room, viewer in seats:
            got = self.got[room, viewer]
            numbers = [number for _, number in got]
            seen = set(numbers)
            if lost := acked_in[room] - seen:
                found.append(f"{viewer}: {len(lost)} lost, the first is {min(lost)}")
            if len(seen) != len(numbers):
                found.append(f"{viewer}: {len(numbers) - len(seen)} doubled")
            if foreign := [number for number in seen if self.room_of.get(number) != room]:
                found.append(f"{viewer}: {len(foreign)} from another room")
            orders = [order for order, _ in got]
            if turned := sum(1 for one, two in pairwise(orders) if two < one):
                found.append(f"{viewer}: {turned} out of order")
        return found
