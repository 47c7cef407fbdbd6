"""Fixtures that every slice's tests share."""

import hypothesis
import pytest

from tests.cast import Cast, make_cast

hypothesis.settings.register_profile("any machine", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("any machine")


@pytest.fixture
def cast(db: None) -> Cast:
    """The known people and their room, inside the test's transaction."""
    return make_cast()


@pytest.fixture
def live_cast(transactional_db: None) -> Cast:
    """The same, committed: for tests with real threads."""
    return make_cast()
