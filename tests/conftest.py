"""Fixtures that every slice's tests share."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

import hypothesis
import pytest
from django.db import OperationalError
from django.db.backends.base.operations import BaseDatabaseOperations

from tests.cast import Cast, make_cast

hypothesis.settings.register_profile("any machine", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def patient_flush() -> Iterator[None]:
    """Emptying all tables can meet a running server's queries in a deadlock on PostgreSQL: then once more."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def patiently(self: Any, statements: Sequence[str]) -> None:
        for _try in range(5):
            try:
                return empty(self, statements)
            except OperationalError:
                time.sleep(0.2)
        return empty(self, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", patiently)
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """The known people and their room, inside the test's transaction."""
    return make_cast()


@pytest.fixture
def live_cast(transactional_db: None) -> Cast:
    """The same, committed: for tests with real threads."""
    return make_cast()
