"""Each test starts with a throttle that has counted nothing, and passwords are hashed fast."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast


@pytest.fixture(autouse=True)
def fast_hashing(settings: Any) -> None:
    """A hundred sign-ins of a tenth of a second each teach nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture(autouse=True)
def fresh_throttle(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def helen(fast_hashing: None, cast: Cast, client: Client) -> Client:
    """Helen's browser, signed in through the page."""
    response = client.post("/accounts/login/", {"login": cast.client.email, "password": PASSWORD})
    assert response.status_code == 302
    return client
