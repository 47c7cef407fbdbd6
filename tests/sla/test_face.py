"""The face of a clock; tests/js/countdown.test.js reads the same cases."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mediation.sla.rules.face import face
from tests.sla.conftest import MONDAY

CASES = json.loads((Path(__file__).parent / "faces.json").read_text())


def at(minute: int | None) -> datetime | None:
    return None if minute is None else MONDAY + timedelta(minutes=minute)


@pytest.mark.parametrize(("marks", "due", "now", "state", "left", "minutes"), CASES)
def test_a_face(marks: list, due: int | None, now: int, state: str, left: int, minutes: int | None) -> None:
    shown = face([at(mark) for mark in marks], at(due), at(now))
    assert (shown.state.value, shown.left) == (state, left)
    assert shown.seconds == (None if minutes is None else minutes * 60)
