"""Clients of the API, signed in as one of the cast."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from tests.api.world import World, make_world

SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def media(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    """Files of a test lie in its own folder; those of the doors' world lie where the world put them."""
    if "world" not in request.fixturenames:
        settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all doors; what a door does is taken back at once."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.MEDIA_ROOT", str(tmp_path_factory.mktemp("media")))
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def api() -> SignIn:
    """A client signed in as somebody: `api(cast.client)`; with nobody, an anonymous one."""

    def sign_in(user: User | None = None, **options: object) -> Client:
        client = Client(**options)
        if user:
            client.force_login(user)
        return client

    return sign_in
