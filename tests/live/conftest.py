"""One real web process for all tests of the socket.

It goes when they are over: it notes every few seconds that people can act, and a test that goes forward in time while
nobody looks would take that for the last sign of life before an outage.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from mediation.disputes.models import Heartbeat, Outage
from tests.live.server import LiveServer


@pytest.fixture(scope="package")
def web(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[LiveServer]:
    """A running server on the test database. Use it with `live_cast`, whose rows are committed."""
    with running(django_db_blocker) as server:
        yield server


@contextmanager
def running(blocker: pytest.FixtureRequest, **environment: str) -> Iterator[LiveServer]:
    """The server, and afterwards a database without its signs of life."""
    with blocker.unblock():
        server = LiveServer(**environment).start()
    yield server
    server.stop()
    with blocker.unblock():
        # Written after the last test had emptied the tables: tests that go forward in time would find an outage.
        Heartbeat.objects.all().delete()
        Outage.objects.all().delete()
        connection.close()
