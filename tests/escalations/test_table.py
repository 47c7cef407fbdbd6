"""The workflow table of referred cases: complete, and only what it says can be said."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from mediation.escalations import words
from mediation.escalations.actions.effects import EFFECTS
from mediation.escalations.forms import FORMS
from mediation.escalations.rules.guards import FARTHEST, GUARDS, Facts, Refusal, first_refusal
from mediation.escalations.rules.states import OPEN, Actor, Item, Outcome, State
from mediation.escalations.rules.table import NEXT, TABLE, find, sayable

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def test_every_name_of_the_table_is_defined_and_used() -> None:
    assert {name for row in TABLE for name in row.guards} == set(GUARDS)
    assert {name for row in TABLE for name in row.effects} == set(EFFECTS)
    said_by_people = {row.command for row in TABLE if row.who != {Actor.SYSTEM}}
    assert said_by_people == set(FORMS) == set(words.COMMANDS)
    assert {row.command for row in TABLE} | {"refer"} == set(words.HAPPENED)


def test_each_command_has_one_line_in_a_state() -> None:
    seen = [(row.command, state) for row in TABLE for state in row.states]
    assert len(seen) == len(set(seen))


def test_the_way_is_the_one_of_the_domain() -> None:
    way = [
        (State.RECEIVED, "claim", State.CLAIMED),
        (State.CLAIMED, "reply", State.REPLIED),
        (State.REPLIED, "track", State.TRACKED),
        (State.TRACKED, "ticket", State.TICKETED),
        (State.TICKETED, "schedule_call", State.CALL_SCHEDULED),
        (State.CALL_SCHEDULED, "begin_call", State.ASSISTING),
        (State.ASSISTING, "refer_talent", State.TALENT_REFERRED),
        (State.ASSISTING, "follow", State.FOLLOWING),
        (State.TALENT_REFERRED, "follow", State.FOLLOWING),
        (State.FOLLOWING, "resolve", State.CLOSED),
        (State.CLOSED, "reopen", State.FOLLOWING),
    ]
    for state, command, to in way:
        row = find(command, state)
        assert row is not None
        assert row.to is to


@pytest.mark.parametrize(
    ("command", "too_early"),
    [
        ("ticket", State.REPLIED),
        ("schedule_call", State.TRACKED),
        ("reply", State.RECEIVED),
        ("follow", State.TICKETED),
    ],
)
def test_nothing_is_skipped(command: str, too_early: State) -> None:
    assert find(command, too_early) is None


def test_every_end_is_reached_by_one_command_and_has_its_outcome() -> None:
    ends = {row.command: row.outcome for row in TABLE if row.to is State.CLOSED}
    assert sorted(ends.values()) == sorted(Outcome)
    assert all(row.outcome is None for row in TABLE if row.to is not State.CLOSED)
    for state in OPEN - {State.RECEIVED, State.CLAIMED}:
        assert any(row.to is State.CLOSED for row in sayable(state, {Actor.OWNER})), state


def test_the_next_step_of_each_state_is_sayable() -> None:
    for state, commands in NEXT.items():
        assert all(find(command, state) for command in commands.split()), state


@pytest.mark.parametrize(
    ("guard", "fits", "refused", "why"),
    [
        ("worded", {"text": "x"}, {"text": " "}, Refusal.WORDS),
        ("worded", {"text": "x" * 2000}, {"text": "x" * 2001}, Refusal.WORDS),
        ("reasoned", {"reason": "x"}, {}, Refusal.REASON),
        ("next_step", {"next_step": "x", "follow_up_at": LATER}, {"next_step": "x", "follow_up_at": NOW},
         Refusal.NEXT_STEP),
        ("next_step", {"next_step": "x", "follow_up_at": LATER}, {"next_step": "", "follow_up_at": LATER},
         Refusal.NEXT_STEP),
        ("ticket_named", {"ticket": "1"}, {"ticket": ""}, Refusal.TICKET),
        ("slots_ahead", {"slots": [LATER]}, {"slots": []}, Refusal.SLOTS),
        ("slots_ahead", {"slots": [LATER]}, {"slots": [LATER, LATER]}, Refusal.SLOTS),
        ("slots_ahead", {"slots": [LATER]}, {"slots": [LATER, NOW]}, Refusal.SLOTS),
        ("slots_ahead", {"slots": [LATER]}, {"slots": [LATER + timedelta(hours=n) for n in range(6)]}, Refusal.SLOTS),
        ("call_ahead", {"starts_at": LATER}, {"starts_at": NOW}, Refusal.CALL),
        ("call_ahead", {"starts_at": LATER}, {"starts_at": None}, Refusal.CALL),
        ("call_ahead", {"starts_at": NOW + FARTHEST}, {"starts_at": LATER + FARTHEST}, Refusal.CALL),
        ("known_items", {"items": ["filters"]}, {"items": ["song"]}, Refusal.ITEM),
        ("form_filled", {"needs": "x", "representative": "y", "appointment_at": LATER},
         {"needs": "x", "representative": "y", "appointment_at": NOW}, Refusal.FORM),
        ("known_segment", {"segment": ""}, {"segment": "XL"}, Refusal.SEGMENT),
    ],
)  # fmt: skip
def test_guards_read_what_was_said(guard: str, fits: dict, refused: dict, why: Refusal) -> None:
    facts = Facts(now=NOW)
    assert first_refusal((guard,), facts, fits) is None
    assert first_refusal((guard,), facts, refused) is why


def test_guards_read_how_the_case_stands() -> None:
    eva, other = uuid4(), uuid4()
    bare = Facts(now=NOW, owner=eva, colleagues=frozenset({eva, other}))
    whole = Facts(now=NOW, is_reachable=True, checked=frozenset(Item), has_form=True)
    for guard, why in (
        ("reachable", Refusal.UNREACHABLE),
        ("checked", Refusal.UNCHECKED),
        ("talent_form", Refusal.NO_FORM),
    ):
        assert first_refusal((guard,), bare, {}) is why
        assert first_refusal((guard,), whole, {}) is None
    assert first_refusal(("colleague", "another"), bare, {"to": other}) is None
    assert first_refusal(("colleague", "another"), bare, {"to": eva}) is Refusal.SAME_OWNER
    assert first_refusal(("colleague",), bare, {"to": uuid4()}) is Refusal.COLLEAGUE
