"""Colleagues without sockets and processes: what another process says, what expires, who is told nothing twice."""

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from mediation.live.frames import Frame
from mediation.live.hub import colleagues
from mediation.live.hub.around import Row
from mediation.live.hub.board import Board
from mediation.live.hub.colleagues import Colleagues

ROOM, JOINT, CAUCUS = uuid4(), uuid4(), uuid4()


class Staff:
    """What the hub sees of a socket."""

    def __init__(self, name: str, *threads: UUID, person: UUID | None = None) -> None:
        self.user_id, self.name = person or uuid4(), name
        self.given = dict.fromkeys(threads, 0)
        self.is_suspended = self.is_closed = False
        self.told: list[dict[str, Any]] = []

    def send(self, frame: Frame) -> None:
        self.told.append(orjson.loads(frame.payload))

    @property
    def sees(self) -> list[tuple[str, bool, bool]]:
        return [(one["name"], one["types"], one["holds"]) for one in self.told[-1]["people"]] if self.told else []


@pytest.fixture
def said() -> list[tuple[str, Any]]:
    return []


@pytest.fixture
def hub(said: list[tuple[str, Any]]) -> Colleagues:
    return Colleagues(Board(), lambda what, item: said.append((what, item)))


def looking(hub: Colleagues, name: str, *threads: UUID, person: UUID | None = None) -> Any:
    found = Staff(name, *threads, person=person)
    hub.look(found, ROOM)  # type: ignore[arg-type]
    return found


def test_two_windows_of_one_person_are_one_and_see_not_themselves(hub: Colleagues) -> None:
    ana = looking(hub, "Ana", JOINT)
    looking(hub, "Ana", JOINT, person=ana.user_id)
    assert ana.sees == []
    sam = looking(hub, "Sam", JOINT)
    assert sam.sees == [("Ana", False, False)]
    count = len(sam.told)
    hub.beat()
    assert len(sam.told) == count, "the same is not told again"


def test_what_another_process_says_is_told_and_forgotten(
    hub: Colleagues, said: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sam, other = looking(hub, "Sam", JOINT), [str(uuid4()), "Priya", [str(JOINT)], [str(CAUCUS)]]
    hub.heard("elsewhere", ROOM, [other])  # type: ignore[list-item]
    assert sam.sees == [("Priya", True, False)], "of a thread that Sam does not read nothing is said"
    assert said[-1] == ("staff", [str(ROOM), [[str(sam.user_id), "Sam", [], []]]])
    hub.heard("elsewhere", ROOM, [])
    assert sam.sees == []
    hub.heard("elsewhere", ROOM, [other])  # type: ignore[list-item]
    now = colleagues.time.monotonic()
    monkeypatch.setattr(colleagues.time, "monotonic", lambda: now + colleagues.EXPIRY_SECONDS + 1)
    hub.beat()
    assert sam.sees == [], "a process that is silent is forgotten"


def test_an_open_queue_forgets_whose_process_is_silent(hub: Colleagues, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nobody here looks at the case."""
    desk: Any = Staff("Sam")
    hub.watch(desk, {ROOM: Row(uuid4(), frozenset({JOINT}))})
    hub.heard("elsewhere", ROOM, [(str(uuid4()), "Priya", [], [str(JOINT)])])
    assert desk.sees == [("Priya", False, True)]
    hub.beat()
    assert len(desk.told) == 1, "the same is not told again"
    now = colleagues.time.monotonic()
    monkeypatch.setattr(colleagues.time, "monotonic", lambda: now + colleagues.EXPIRY_SECONDS + 1)
    hub.beat()
    assert (len(desk.told), desk.sees) == (2, [])


def test_typing_ends_by_itself_and_what_was_begun_stays(hub: Colleagues, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, sam = looking(hub, "Ana", JOINT, CAUCUS), looking(hub, "Sam", JOINT)
    for tell in (hub.types, hub.holds):
        tell(ana, JOINT, on=True)
        tell(ana, CAUCUS, on=True)
        tell(ana, uuid4(), on=True)
    assert sam.sees == [("Ana", True, True)]
    now = colleagues.time.monotonic()
    monkeypatch.setattr(colleagues.time, "monotonic", lambda: now + colleagues.TYPING_SECONDS + 1)
    hub.beat()
    assert sam.sees == [("Ana", False, True)]
    hub.types(ana, JOINT, on=False)
    hub.holds(ana, JOINT, on=False)
    assert sam.sees == [("Ana", False, False)]


def test_who_looks_elsewhere_or_is_held_back_is_told_nothing(hub: Colleagues) -> None:
    sam = looking(hub, "Sam", JOINT)
    held = looking(hub, "Eva", JOINT)
    held.is_suspended = True
    before = len(held.told)
    desk = Staff("Priya")
    hub.types(desk, JOINT, on=True)  # type: ignore[arg-type]
    hub.holds(desk, JOINT, on=True)  # type: ignore[arg-type]
    hub.look(desk, ROOM, [JOINT])  # type: ignore[arg-type]
    assert desk.sees == [("Eva", False, False), ("Sam", False, False)]
    assert len(held.told) == before
    hub.look(desk, uuid4(), [])  # type: ignore[arg-type]
    assert [name for name, _, _ in sam.sees] == ["Eva"]
    gone = Staff("Olga")
    gone.is_closed = True
    hub.look(gone, ROOM)  # type: ignore[arg-type]
    assert [name for name, _, _ in sam.sees] == ["Eva"]


def test_who_is_cut_off_while_being_told_leaves_the_others_told(hub: Colleagues) -> None:
    class TooSlow(Staff):
        def send(self, frame: Frame) -> None:
            self.is_closed = True
            hub.look(self, None)  # type: ignore[arg-type]

    slow: Any = TooSlow("Slow", JOINT)
    hub.look(slow, ROOM)
    sam = looking(hub, "Sam", JOINT)
    ana = looking(hub, "Ana", JOINT)
    assert sam.sees == [("Ana", False, False)]
    assert ana.sees == [("Sam", False, False)]
