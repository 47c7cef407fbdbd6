"""Each test starts with a throttle that has counted nothing."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast


@pytest.fixture(autouse=True)
def fresh_throttle(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def helen(cast: Cast, client: Client) -> Client:
    """Helen's browser, signed in through the page."""
    response = client.post("/accounts/login/", {"login": cast.client.email, "password": PASSWORD})
    assert response.status_code == 302
    return client
