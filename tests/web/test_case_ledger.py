"""The deadlines of a case in the order in which a reader looks for them."""

from typing import Any

import pytest

from mediation.web import case_ledger

MEMBER = {"id": "1", "name": "Helen Marsh", "first_name": "Helen", "role": "client"}


def line(kind: str, due: str, ended: str | None = None, how: str = "met") -> dict[str, Any]:
    whose = {"who": "both", "person": None, "reason": ""}
    return whose | {"kind": kind, "due_at": due, "ended_at": ended, "ended_how": how}


@pytest.mark.parametrize("is_turned", [False, True])
def test_what_runs_comes_first_and_of_what_ended_the_latest(is_turned: bool) -> None:
    told = [
        line("talks", "2026-11-09T00:00:00Z", "2026-11-02T00:00:00Z"),
        line("mediation", "2026-12-02T00:00:00Z", "2026-11-20T00:00:00Z"),
        line("answer", "2026-11-04T00:00:00Z", "2026-11-10T00:00:00Z"),
        line("response", "2026-11-04T00:00:00Z", "2026-10-31T00:00:00Z"),
        line("election", "2026-11-27T00:00:00Z"),
        line("answer", "2026-11-25T00:00:00Z"),
        line("talks", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z", "moved"),
    ]
    view = {"ledger": told[::-1] if is_turned else told, "offers": [], "filer": MEMBER, "respondent": MEMBER}
    shown = case_ledger.lines(view, {"1": MEMBER}, None)
    assert [(one["kind"], one["due_at"][5:10]) for one in shown] == [
        ("answer", "11-25"), ("election", "11-27"), ("mediation", "12-02"), ("answer", "11-04"), ("talks", "11-09"),
    ]  # fmt: skip
