"""The default rule as a pure function: nobody loses by silence before all of it is true (domain, section 3)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from mediation.core.errors import Refused
from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards import named
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Actor, State, Track

IN_APP, EMAIL, BOTH = frozenset({"in_app"}), frozenset({"email"}), frozenset({"in_app", "email"})
NONE: frozenset[str] = frozenset()


def facts(**known: Any) -> Facts:
    """A case in which silence counts, but for what is said otherwise."""
    told = {"file": BOTH, "response_overdue": BOTH}
    silent = {"is_overdue": True, "grace_used": True, "is_absent": False, "notices": told} | known
    return Facts(
        now=datetime(2026, 3, 9, 9, 0, tzinfo=UTC), terms=Terms(), state=State.AWAITING_RESPONSE, track=Track.ESCROW,
        phase=None, actor=None, actors=frozenset({Actor.AGENT}), amount_minor=220_000, **silent,
    )  # fmt: skip


def test_silence_counts() -> None:
    named("default_rule")(facts(), {})


@pytest.mark.parametrize(
    "notices",
    [
        {"file": NONE, "response_overdue": NONE},
        {"file": BOTH, "response_overdue": NONE},
        {"file": NONE, "response_overdue": BOTH},
        {"file": IN_APP, "response_overdue": EMAIL},  # two notices, two channels, and none of them on both
        {"file": BOTH, "response_overdue": IN_APP},
        {"file": EMAIL, "response_overdue": BOTH},
        {"file": BOTH},
        {},
    ],
)
def test_each_of_two_notices_is_handed_over_on_both_channels(notices: Mapping[str, frozenset[str]]) -> None:
    with pytest.raises(errors.NoticesMissing) as refused:
        named("default_rule")(facts(notices=notices), {})
    missing = refused.value.detail["missing"]
    assert missing == {code: sorted(BOTH - taken) for code, taken in notices.items() if taken != BOTH}


@pytest.mark.parametrize(
    ("known", "refused"),
    [
        ({"is_overdue": False}, errors.TooEarly),
        ({"grace_used": False}, errors.TooEarly),
        ({"is_overdue": False, "grace_used": False}, errors.TooEarly),
        ({"is_absent": True}, errors.PersonAbsent),
    ],
)
def test_neither_before_the_grace_is_over_nor_while_they_are_away(known: Any, refused: type[Refused]) -> None:
    with pytest.raises(refused):
        named("default_rule")(facts(**known), {})
