"""What waits is sent by one worker at a time, again until it is taken, and known by its id when it comes twice.

The three outboxes of the house share the module; it is tried with the mails of rules, against a real mail server.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from mediation.core import clock
from mediation.core.outbox import LEASE, wait_after
from mediation.desk.actions import rule_mails
from mediation.desk.models import RuleMail
from tests.at_once import at_once
from tests.cast import Cast
from tests.core.mail_server import REFUSE, TAKE, TAKE_AND_VANISH, Server, mail_server
from tests.disputes.ways import start

BOX = rule_mails.OUTBOX


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


@pytest.fixture
def time() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 3, 9, 14, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def written(cast: Cast) -> RuleMail:
    case = start(cast, has_claim=False)
    return RuleMail.objects.create(rule="Large sums", dispute=case.row, to=cast.supervisor, try_at=clock.now())


@pytest.fixture
def letter(time: Any, cast: Cast) -> RuleMail:
    return written(cast)


def ids(server: Server) -> list[str]:
    return [one["Message-ID"] for one in server.taken]


def test_it_is_sent_once_and_says_so(letter: RuleMail, server: Server) -> None:
    assert [BOX.hand_over(), BOX.hand_over(), BOX.hand_over_one(letter.pk)] == [1, 0, False]
    assert ids(server) == [f"<rule-{letter.pk}@127.0.0.1>"]
    letter.refresh_from_db()
    assert (letter.attempts, letter.handed_over_at) == (1, clock.now())


def test_what_is_refused_waits_longer_each_time(
    letter: RuleMail, server: Server, time: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server.does = REFUSE
    waits = []
    for _ in range(4):
        assert BOX.hand_over() == 0
        letter.refresh_from_db()
        waits.append(letter.try_at - clock.now())
        assert BOX.hand_over() == 0, "not before"
        time.move_to(letter.try_at, tick=False)
    assert waits == [timedelta(seconds=30 * factor) for factor in (1, 2, 4, 8)]
    assert "secret.example" not in caplog.text, "a server's words may hold anything"
    server.does = TAKE
    assert BOX.hand_over() == 1
    assert len(server.taken) == 1


def test_a_mail_whose_answer_was_lost_comes_again_with_the_same_id(letter: RuleMail, server: Server, time: Any) -> None:
    server.does = TAKE_AND_VANISH
    assert BOX.hand_over() == 0
    server.does = TAKE
    time.shift(wait_after(1))
    assert [BOX.hand_over(), BOX.hand_over()] == [1, 0]
    first, second = ids(server)
    assert first == second


class Killed(BaseException):
    """A worker that is no more."""


def test_what_a_dead_worker_had_is_due_again_after_its_lease_and_no_sooner(
    letter: RuleMail, server: Server, time: Any
) -> None:
    def die(row: RuleMail) -> bool:
        BOX.send(row)
        raise Killed

    with pytest.raises(Killed):
        replace(BOX, send=die).hand_over()
    assert BOX.hand_over() == 0
    time.shift(LEASE - timedelta(seconds=1))
    assert BOX.hand_over() == 0
    time.shift(timedelta(seconds=1))
    assert [BOX.hand_over(), BOX.hand_over()] == [1, 0]
    assert len(set(ids(server))) == 1
    assert len(ids(server)) == 2


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_worker_that_was_slower_than_its_lease_takes_nothing_back(
    letter: RuleMail, time: Any, is_taken: bool
) -> None:
    def slow(row: RuleMail) -> bool:
        time.shift(LEASE)
        assert replace(BOX, send=lambda row: not is_taken).hand_over_one(row.pk) is not is_taken
        return is_taken

    assert replace(BOX, send=slow).hand_over_one(letter.pk) is is_taken
    letter.refresh_from_db()
    assert (letter.handed_over_at, letter.attempts) == (clock.now(), 2), "whoever was taken counts"


def test_it_is_tried_every_hour_for_as_long_as_it_takes(letter: RuleMail, time: Any) -> None:
    never = replace(BOX, send=lambda row: False)
    for _ in range(40):
        never.hand_over()
        time.shift(timedelta(hours=1))
    assert BOX.hand_over() == 1
    letter.refresh_from_db()
    assert letter.attempts == 41


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one(live_cast: Cast, server: Server) -> None:
    key = written(live_cast).pk
    assert sorted(at_once(*[lambda: BOX.hand_over_one(key)] * 3)) == [False, False, True]
    assert len(server.taken) == 1
