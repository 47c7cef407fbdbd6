"""A dispatcher without anybody's subscribers, for the tests to register their own."""

import pytest

from mediation.events import subscribers


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No subscribers but those that the test registers."""
    monkeypatch.setattr(subscribers, "_registered", {})
