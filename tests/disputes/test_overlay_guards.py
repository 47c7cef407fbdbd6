"""Pauses, absences and extensions: what each guard refuses, and up to where it does not. Guards have one name each."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards import register
from mediation.disputes.rules.guards.register import named
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Actor, State, Track

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
HELEN = uuid4()


def facts(actor: Actor = Actor.FILER, **known: Any) -> Facts:
    return Facts(NOW, Terms(), State.MEDIATING, Track.ESCROW, None, HELEN, frozenset({actor}), 1_000, **known)


@pytest.mark.parametrize(
    ("guard", "payload", "known", "refused"),
    [
        ("not_on_hold", {}, {"is_on_hold": True}, errors.OnHold),
        ("on_hold", {}, {}, errors.NotOnHold),
        ("may_cool_off", {"hours": 12}, {"is_cooling_off": True}, errors.CoolingOffAlready),
        ("may_cool_off", {"hours": 12}, {"cooled_off": frozenset({HELEN})}, errors.CooledOffOnce),
        ("may_cool_off", {"hours": 11}, {}, errors.CoolingOffLength),
        ("may_cool_off", {"hours": 25}, {}, errors.CoolingOffLength),
        ("absence_allowed", {"days": 1}, {"is_overdue": True}, errors.AbsenceTooLate),
        ("absence_allowed", {"days": 1}, {"deadline": NOW - timedelta(seconds=1)}, errors.AbsenceTooLate),
        ("absence_allowed", {"days": 15}, {}, errors.AbsenceTooLong),
        ("may_extend", {"hours": 1}, {}, errors.NothingToExtend),
        ("may_extend", {"hours": 1}, {"deadline": NOW, "extensions": 2}, errors.ExtendedEnough),
        ("may_extend", {"hours": 0}, {"deadline": NOW}, errors.ExtensionLength),
        ("may_extend", {"hours": 721}, {"deadline": NOW}, errors.ExtensionLength),
    ],
)
def test_what_is_refused(guard: str, payload: dict[str, int], known: dict[str, Any], refused: type[Exception]) -> None:
    with pytest.raises(refused):
        named(guard)(facts(**known), payload)


def test_what_is_just_right() -> None:
    named("not_on_hold")(facts(), {})
    named("on_hold")(facts(is_on_hold=True), {})
    named("may_cool_off")(facts(), {"hours": 24})
    named("may_cool_off")(facts(Actor.MEDIATOR, cooled_off=frozenset({HELEN})), {"hours": 12})
    named("absence_allowed")(facts(deadline=NOW), {"days": 14})
    named("may_extend")(facts(deadline=NOW, extensions=1), {"hours": 720})


def test_no_two_guards_have_the_same_name() -> None:
    assert "may_extend" in register.known()
    with pytest.raises(ValueError, match="two guards called may_extend"):
        register.guard("may_extend")(lambda facts, payload: None)
    same = named("may_extend")
    assert register.guard("may_extend")(same) is same, "a module that is read twice is none"
    with pytest.raises(KeyError):
        named("nobody_wrote_it")
