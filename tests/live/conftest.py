"""One real web process for all tests of the socket."""

from collections.abc import Iterator

import pytest

from tests.live.server import LiveServer


@pytest.fixture(scope="session")
def web(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[LiveServer]:
    """A running server on the test database. Use it with `live_cast`, whose rows are committed."""
    with django_db_blocker.unblock():
        server = LiveServer().start()
    yield server
    server.stop()
