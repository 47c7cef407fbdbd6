"""What one socket may be given before it says that it keeps up; no server, no clock but ours."""

from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest

from mediation.live import frames
from mediation.live import protocol as p
from mediation.live.asgi import _close_if_silent
from mediation.live.hub.board import Board
from mediation.live.hub.hub import STUCK_SECONDS, Hub
from mediation.live.socket import Socket

THREAD = uuid4()


class Outlet:
    def __init__(self) -> None:
        self.sent: list[frames.Frame] = []
        self.code: int | None = None

    def send(self, frame: frames.Frame) -> None:
        self.sent.append(frame)

    def close(self, code: int) -> None:
        self.code = code


@pytest.fixture
def hub() -> Any:
    """As much of a hub as a socket needs, with a clock that stands still."""
    moment = SimpleNamespace(now=100.0)
    return SimpleNamespace(
        moment=moment,
        loop=SimpleNamespace(time=lambda: moment.now),
        board=Board(),
        delivery=SimpleNamespace(lag=lambda socket: None),
        leave=lambda socket: None,
        fetcher=SimpleNamespace(add=lambda item: None),
        sessions=SimpleNamespace(add=lambda item: None),
        _turn=1,
    )


@pytest.fixture
def socket(hub: Any) -> Socket:
    made = Socket(hub, Outlet(), "key")
    made.is_known = made.is_welcomed = made.said_hello = True
    made.hear_early()
    hub.board.enter(made)
    return made


def give(socket: Socket, events: int, size: int = 10) -> None:
    socket.give(THREAD, socket.given.get(THREAD, 0) + events, events, frames.Frame(b"x" * size))


def test_200_events_without_a_word_are_the_most(socket: Socket) -> None:
    give(socket, 199)
    assert socket.may_take(1)
    give(socket, 1)
    assert not socket.may_take(1)
    socket.hear('{"t":"applied","n":50}')
    assert socket.room_left() == 50


def test_a_mebibyte_without_a_word_is_the_most(socket: Socket) -> None:
    give(socket, 1, p.WINDOW_BYTES)
    assert not socket.may_take(1)
    socket.hear('{"t":"applied","n":1}')
    assert socket.may_take(1)


def test_nobody_has_applied_more_than_was_given(socket: Socket) -> None:
    give(socket, 3)
    socket.hear('{"t":"applied","n":4}')
    assert socket.strikes == 1


def test_a_socket_that_stays_full_for_a_minute_is_too_slow(hub: Any, socket: Socket) -> None:
    give(socket, 200)
    assert not socket.may_take(1)
    hub.moment.now += STUCK_SECONDS
    Hub._look_around(hub)
    assert not socket.is_closed
    hub.moment.now += 1
    Hub._look_around(hub)
    assert cast(Outlet, socket.outlet).code == p.TOO_SLOW


def test_a_socket_that_moves_at_all_is_not_too_slow(hub: Any, socket: Socket) -> None:
    give(socket, 200)
    assert not socket.may_take(1)
    socket.hear('{"t":"applied","n":1}')
    hub.moment.now += STUCK_SECONDS * 2
    Hub._look_around(hub)
    assert not socket.is_closed


def test_who_says_no_hello_is_shown_the_door(hub: Any) -> None:
    silent = Socket(hub, Outlet(), "key")
    _close_if_silent(silent)
    assert cast(Outlet, silent.outlet).code == p.BAD_PROTOCOL
