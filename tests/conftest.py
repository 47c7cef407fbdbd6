"""Fixtures that every slice's tests share."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.utils import translation

from mediation.core import rates
from tests.cast import Cast, make_cast
from tests.database import django_db_modify_db_settings as django_db_modify_db_settings  # noqa: PLC0414
from tests.database import quick_and_patient_flush as quick_and_patient_flush  # noqa: PLC0414

# A busy machine is no failure, and a red run is everybody's: the same examples each time (`make soak` has new ones).
hypothesis.settings.register_profile("known", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("search", deadline=None, max_examples=5_000)
hypothesis.settings.load_profile("known")


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """The language of a test's last request or mail is not that of the next test."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def own_rates() -> None:
    """Who did a lot in another test has not done it in this one: some worlds are made once for many tests."""
    for rate in (rates.sends, rates.commands, rates.passwords):
        rate.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    """The known people and their room, inside the test's transaction."""
    return make_cast()


@pytest.fixture
def live_cast(transactional_db: None) -> Cast:
    """The same, committed: for tests with real threads."""
    return make_cast()
