"""Conditions: a vector for each operator, and every judgement against a naive one."""

from collections.abc import Mapping
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.desk.rules import rule_actions
from mediation.desk.rules.automations import is_undone
from mediation.desk.rules.conditions.fields import FIELDS, WITHOUT_VALUE, Kind, Use
from mediation.desk.rules.conditions.judging import Passed, Text, judge
from tests.desk.rules import deeds, read

ANA = "00000000-0000-4000-8000-000000000001"
TEAM = "00000000-0000-4000-8000-000000000002"
AMOUNT = D("2200.00")


@pytest.mark.parametrize(
    ("row", "fact", "holds"),
    [
        (("state", "is", "mediating"), "mediating", True),
        (("state", "is", "mediating"), "escalated", False),
        (("outcome", "is", "settled"), None, False),
        (("outcome", "is_not", "settled"), None, True),
        (("state", "is_not", "mediating"), "mediating", False),
        (("amount", "is", "2200"), AMOUNT, True),
        (("amount", "less_than", "500.00"), AMOUNT, False),
        (("amount", "less_than", "2200.01"), AMOUNT, True),
        (("amount", "less_than", "2200.00"), AMOUNT, False),
        (("amount", "greater_than", "2199.99"), AMOUNT, True),
        (("amount", "greater_than", "1"), None, False),
        (("amount", "less_than", "1"), None, False),
        (("reopened", "is", "0"), 0, True),
        (("reopened", "greater_than", "0"), 0, False),
        (("tags", "includes", "vip Late"), frozenset({"late"}), True),
        (("tags", "includes", "vip"), frozenset({"vips"}), False),
        (("tags", "includes", "vip"), frozenset(), False),
        (("tags", "not_includes", "vip late"), frozenset({"late"}), False),
        (("tags", "not_includes", "vip"), frozenset(), True),
        (("tags", "present"), frozenset({"a"}), True),
        (("tags", "present"), frozenset(), False),
        (("tags", "not_present"), frozenset(), True),
        (("message_text", "includes", "Refund"), Text(("a", "refund", "now")), True),
        (("message_text", "includes", "refund now"), Text(("a", "refund", "now")), True),
        (("message_text", "includes", "a now"), Text(("a", "refund", "now")), False),
        (("message_text", "includes", "fund"), Text(("refund",)), False),
        (("message_text", "includes", "fund"), None, False),
        (("message_text", "not_includes", "fund"), None, True),
        (("mediator", "present"), ANA, True),
        (("mediator", "not_present"), None, True),
        (("mediator", "is", ANA), ANA, True),
        (("team", "is_not", TEAM), None, True),
        (("business_hours", "is", "desk"), frozenset({"desk", "ee"}), True),
        (("business_hours", "is_not", "desk"), frozenset({"ee"}), True),
        (("currency", "is", "USD"), "USD", True),
        (("due", "present"), None, False),
        (("clock_percent", "greater_than", "79"), 80, True),
    ],
)
def test_a_row_holds_or_not(row: tuple[str, ...], fact: Any, holds: bool) -> None:
    assert judge(read(row), {row[0]: fact}).fits is holds


@pytest.mark.parametrize(
    ("operator", "value", "was", "now", "holds"),
    [
        ("changed", "", "escalated", "mediating", True),
        ("changed", "", "mediating", "mediating", False),
        ("changed", "", None, "mediating", True),
        ("not_changed", "", "mediating", "mediating", True),
        ("not_changed", "", "escalated", "mediating", False),
        ("changed_to", "mediating", "escalated", "mediating", True),
        ("changed_to", "mediating", "mediating", "mediating", False),
        ("changed_to", "mediating", "mediating", "escalated", False),
        ("changed_from", "escalated", "escalated", "mediating", True),
        ("changed_from", "mediating", "escalated", "mediating", False),
    ],
)
def test_what_changed_is_seen_against_what_was(operator: str, value: str, was: Any, now: str, holds: bool) -> None:
    assert judge(read(("state", operator, value)), {"state": now}, {"state": was}).fits is holds


@pytest.mark.parametrize(
    ("operator", "value", "was", "now", "holds"),
    [
        ("changed", "", "a", "a b", True),
        ("changed", "", "a b", "b a", False),
        ("changed", "", "", "", False),
        ("not_changed", "", "a", "a", True),
        ("added", "b c", "a", "a b", True),
        ("added", "a", "a", "a b", False),
        ("added", "b", "b", "", False),
        ("removed", "b", "a b", "a", True),
        ("removed", "a", "a b", "a", False),
        ("removed", "b", "", "b", False),
    ],
)
def test_tags_come_and_go(operator: str, value: str, was: str, now: str, holds: bool) -> None:
    before, after = (frozenset(one.split()) for one in (was, now))
    assert judge(read(("tags", operator, value)), {"tags": after}, {"tags": before}).fits is holds
    assert judge(read(("tags", operator, value)), {"tags": after}, {"tags": after}).fits is (operator == "not_changed")


def test_without_a_before_nothing_changed() -> None:
    assert not judge(read(("state", "changed")), {"state": "mediating"}).fits


@pytest.mark.parametrize(
    ("operator", "value", "holds"),
    [
        ("less_than", "31", True),
        ("less_than", "30", False),
        ("greater_than", "29.5", True),
        ("greater_than", "30", False),
        ("less_than_business", "8.5", True),
        ("less_than_business", "8", False),
        ("greater_than_business", "7.9", True),
        ("greater_than_business", "8", False),
    ],
)
def test_hours_are_counted_as_they_pass_or_in_business_hours(operator: str, value: str, holds: bool) -> None:
    asked = read(("since_filed", operator, value), use=Use.AUTOMATION)
    assert judge(asked, {"since_filed": Passed(D(30), D(8))}).fits is holds
    assert not judge(asked, {"since_filed": None}).fits


def test_each_row_is_explained_whatever_comes_before_it() -> None:
    asked = read(("state", "is", "mediating"), ("amount", "less_than", "500.00"), some=(("due", "present"),))
    judgement = judge(asked, {"state": "mediating", "amount": AMOUNT})
    assert not judgement.fits
    assert [(one.group, one.holds, one.found) for one in judgement.verdicts] == [
        ("all", True, "mediating"), ("all", False, "2200.00"), ("any", False, ""),
    ]  # fmt: skip


def test_the_words_of_a_message_are_in_no_log() -> None:
    found = judge(read(("message_text", "includes", "refund")), {"message_text": Text(("secret", "refund"))})
    assert "secret" not in str(found.as_rows())


# --- against a naive judge ------------------------------------------------------------------------------------------

VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "state": st.sampled_from(["mediating", "escalated", "closed"]),
    "priority": st.sampled_from(["high", "low"]),
    "amount": st.none() | st.integers(0, 4).map(D),
    "reopened": st.integers(0, 3),
    "tags": st.frozensets(st.sampled_from("abc")),
    "mediator": st.sampled_from([None, ANA]),
}
FACTS = st.fixed_dictionaries(dict(VALUES))


@st.composite
def any_row(draw: st.DrawFn) -> tuple[str, str, str]:
    field = FIELDS[draw(st.sampled_from(sorted(VALUES)))]
    operator = draw(st.sampled_from(field.operators(Use.TRIGGER)))
    if operator in WITHOUT_VALUE:
        return field.key, operator.value, ""
    plain = {Kind.TAGS: st.lists(st.sampled_from("abc"), min_size=1).map(" ".join), Kind.PERSON: st.just(ANA)}
    number = st.integers(0, 4).map(str)
    spare = VALUES[field.key] if field.kind is Kind.CHOICE else number
    value = draw(plain.get(field.kind, spare))
    return field.key, operator.value, value


def naive(row: tuple[str, str, str], facts: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """As one would say it to somebody."""
    key, operator, value = row
    now, was = facts[key], before[key]
    if operator.startswith("not_"):
        return not naive((key, operator.removeprefix("not_"), value), facts, before)
    if operator == "is_not":
        return not naive((key, "is", value), facts, before)
    said: Any = D(value) if key in ("amount", "reopened") and value else value
    meanings = {
        "is": lambda: now == said,
        "less_than": lambda: now is not None and now < said,
        "greater_than": lambda: now is not None and now > said,
        "includes": lambda: any(tag in now for tag in value.split()),
        "present": lambda: bool(now),
        "changed": lambda: now != was,
        "changed_to": lambda: now != was and now == said,
        "changed_from": lambda: now != was and was == said,
        "added": lambda: any(tag in now and tag not in was for tag in value.split()),
        "removed": lambda: any(tag in was and tag not in now for tag in value.split()),
    }
    return meanings[operator]()


@given(st.lists(any_row(), max_size=3), st.lists(any_row(), max_size=3), FACTS, FACTS)
def test_the_judge_and_a_naive_one_agree(every: list[Any], some: list[Any], facts: Any, before: Any) -> None:
    if not every and not some:
        return
    expected = all(naive(row, facts, before) for row in every)
    expected = expected and (not some or any(naive(row, facts, before) for row in some))
    judgement = judge(read(*every, some=tuple(some)), facts, before)
    assert judgement.fits is expected
    assert [one.holds for one in judgement.verdicts] == [naive(row, facts, before) for row in [*every, *some]]


SETTABLE = st.sampled_from(
    [("set_priority", "high"), ("set_priority", "low"), ("add_tags", "a"), ("add_tags", "b c"), ("remove_tags", "a b"),
     ("remove_tags", "c"), ("set_assignee", ANA), ("set_assignee", "none"), ("add_note", "x")]
)  # fmt: skip
HANDLED = ("priority", "tags", "mediator")
CHANGES = ("changed", "changed_to", "changed_from", "added", "removed")


@given(st.lists(any_row(), max_size=3), st.lists(any_row(), max_size=2), st.lists(SETTABLE, max_size=3), FACTS)
def test_what_is_said_to_be_undone_cannot_hold_after_it(every: Any, some: Any, said: Any, facts: Any) -> None:
    """Whatever the case was before."""
    every = [row for row in every if not row[1].endswith(CHANGES)]
    some = [row for row in some if not row[1].endswith(CHANGES)]
    if (not every and not some) or not said:
        return
    asked, done = read(*every, some=tuple(some)), rule_actions.read(deeds(*said))
    if not is_undone(asked, done):
        return
    after = dict(facts)
    for action, value in said:
        if action == "set_priority":
            after["priority"] = value
        elif action == "add_tags":
            after["tags"] |= set(value.split())
        elif action == "remove_tags":
            after["tags"] -= set(value.split())
    assert not judge(asked, after).fits
