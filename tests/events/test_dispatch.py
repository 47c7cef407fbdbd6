"""Whoever must react does, once what happened is certain: in order, and no failure is in another's way."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediation.core import clock
from mediation.events import dispatch as dispatching
from mediation.events.dispatch import dispatch, retry_due, wait_after
from mediation.events.models import Delivery, Event
from mediation.events.subscribers import batch_subscriber, subscriber
from mediation.events.tasks import dispatch as drain
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("nobody")


class Killed(BaseException):
    """The worker is gone at this very line."""


def later(minutes: float) -> object:
    return clock.at(clock.now() + timedelta(minutes=minutes))


def test_each_subscriber_gets_its_events_in_order_and_once(cast: Cast) -> None:
    sent, all_of_them = [], []
    subscriber("sent", "message.sent")(lambda event: sent.append(event.seq))
    subscriber("all", "thread.opened", "message.sent")(lambda event: all_of_them.append(event.seq))
    for number in range(5):
        cast.say(cast.client, f"Line {number}")
    assert drain() == 6
    assert (sent, all_of_them) == ([2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6])
    assert drain() == 0
    assert not Event.objects.filter(handled_at__isnull=True).exists()
    assert not Delivery.objects.exists()


def test_an_event_that_nobody_waits_for_is_handled_too(cast: Cast) -> None:
    assert dispatch() == 1
    assert not Event.objects.filter(handled_at__isnull=True).exists()


def test_a_failure_is_in_nobodys_way_and_is_tried_again_alone(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    heard, broken = [], {"is": True}

    @subscriber("broken", "message.sent")
    def fail_on_the_second(event: Event) -> None:
        if event.seq == 3 and broken["is"]:
            raise LookupError("the secret words of a message")
        heard.append(("broken", event.seq))

    subscriber("other", "message.sent")(lambda event: heard.append(("other", event.seq)))
    for number in range(3):
        cast.say(cast.client, f"Line {number}")
    drain()
    assert set(heard) == {("broken", 2), ("broken", 4), ("other", 2), ("other", 3), ("other", 4)}
    delivery = Delivery.objects.get()
    assert (delivery.event.seq, delivery.subscriber, delivery.attempts, delivery.done_at) == (3, "broken", 1, None)
    assert not Event.objects.filter(handled_at__isnull=True).exists()
    assert "LookupError" in delivery.last_error
    assert "secret" not in delivery.last_error + caplog.text

    assert retry_due() == 0
    with later(1):
        assert drain() >= 1
        assert Delivery.objects.get().attempts == 2
    broken["is"] = False
    with later(60):
        drain()
    delivery.refresh_from_db()
    assert delivery.done_at is not None
    assert heard[-1] == ("broken", 3)
    assert heard.count(("other", 3)) == 1


def test_a_hopeless_delivery_is_given_up_and_stays_visible(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    @subscriber("hopeless", "thread.opened")
    def fail(event: Event) -> None:
        raise RuntimeError

    drain()
    for _ in range(dispatching.MOST_ATTEMPTS + 3):
        Delivery.objects.filter(next_try_at__isnull=False).update(next_try_at=clock.now())
        retry_due()
    delivery = Delivery.objects.get()
    assert (delivery.attempts, delivery.next_try_at, delivery.done_at) == (dispatching.MOST_ATTEMPTS, None, None)
    assert [record for record in caplog.records if record.levelno == logging.ERROR]


def test_waits_grow_and_differ() -> None:
    for attempt in (1, 5, 30):
        longest = min(4 * 2 ** (attempt - 1), 3600)
        waits = {wait_after(attempt) for _ in range(20)}
        assert len(waits) > 1
        assert all(longest / 2 <= wait.total_seconds() <= longest for wait in waits)


def test_a_batch_that_fails_is_split_so_that_only_the_poison_waits(cast: Cast) -> None:
    indexed = []

    @batch_subscriber("batch", "message.sent")
    def index(events: list[Event]) -> None:
        if any(event.seq == 3 for event in events):
            raise ValueError
        indexed.extend(event.seq for event in events)

    for number in range(4):
        cast.say(cast.client, f"Line {number}")
    drain()
    assert indexed == [2, 4, 5]
    assert Delivery.objects.get().event.seq == 3


def test_a_worker_that_dies_before_the_note_has_the_event_handed_over_again(cast: Cast) -> None:
    heard = []

    @subscriber("fragile", "message.sent")
    def hear(event: Event) -> None:
        heard.append(event.seq)
        if len(heard) == 1:
            raise Killed

    cast.say(cast.client, "Hello")
    with pytest.raises(Killed):
        dispatch()
    assert Event.objects.filter(handled_at__isnull=True, type="message.sent").exists()
    drain()
    assert heard == [2, 2]
    assert not Event.objects.filter(handled_at__isnull=True).exists()


def test_a_retry_whose_worker_died_is_due_again_after_its_lease(cast: Cast) -> None:
    answers = [RuntimeError(), Killed()]

    @subscriber("fragile", "thread.opened")
    def hear(event: Event) -> None:
        if answers:
            raise answers.pop(0)

    drain()
    with later(1), pytest.raises(Killed):
        drain()
    with later(1):
        assert drain() == 0
    with later(10):
        assert drain() == 1
    assert Delivery.objects.get().done_at is not None


def test_a_subscriber_that_was_taken_out_of_the_code_is_not_tried_for_ever(cast: Cast) -> None:
    Delivery.objects.create(event=Event.objects.get(), subscriber="gone", attempts=1, next_try_at=clock.now())
    drain()
    assert Delivery.objects.get().next_try_at is None


def test_the_cost_of_a_round_does_not_grow_with_its_events(cast: Cast) -> None:
    batch_subscriber("batch", "message.sent")(lambda events: None)
    drain()
    counts = []
    for number in (1, 20):
        for line in range(number):
            cast.say(cast.client, f"Line {line}")
        with CaptureQueriesContext(connection) as queries:
            dispatch()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
