"""The catalogue, recording and subscribing refuse what nobody declared."""

from uuid import uuid4

import pytest
from django.db import transaction

from mediation.core import clock
from mediation.events import actions, catalogue, subscribers


def an_event(**fields: object) -> actions.NewEvent:
    known = {"stream_id": uuid4(), "topic_id": uuid4(), "seq": 1, "type": "message.sent", "actor_id": None}
    return actions.NewEvent(**(known | {"at": clock.now()} | fields))


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"type": "message.sung"}, {"data": {"title": "x"}}])
def test_an_event_that_nobody_declared_is_not_recorded(fields: dict) -> None:
    with pytest.raises(ValueError, match=r"is not declared|has the data"):
        actions.record([an_event(**fields)])


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_of_its_change() -> None:
    with pytest.raises(RuntimeError):
        actions.record([an_event()])
    with transaction.atomic():
        actions.record([an_event()])


def test_a_name_belongs_to_one_type_for_good() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        catalogue.declare(catalogue.EventType("message.sent", "something else"))


def test_a_subscriber_waits_for_declared_events_under_a_name_of_its_own(nobody: None) -> None:
    with pytest.raises(ValueError, match="nobody declared"):
        subscribers.subscriber("x", "message.sung")
    with pytest.raises(ValueError, match="nobody declared"):
        subscribers.subscriber("x")
    subscribers.subscriber("x", "message.sent")(lambda event: None)
    with pytest.raises(ValueError, match="two subscribers"):
        subscribers.subscriber("x", "message.sent")(lambda event: None)
