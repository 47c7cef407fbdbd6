"""What can be typed into a rule, what is said of a slip, and that the vocabulary holds together."""

import pytest
from django.conf import settings

from mediation.desk import rule_words as words
from mediation.desk.queries.rule_facts import _READERS
from mediation.desk.queries.webhook_bodies import TOLD
from mediation.desk.rules import rule_actions
from mediation.desk.rules.conditions import reading
from mediation.desk.rules.conditions.fields import FIELDS, HAPPENINGS, OPERATORS, Kind, Operator, Use
from mediation.desk.rules.conditions.reading import Known, Unreadable
from mediation.disputes.rules.table import TABLE
from mediation.events.catalogue import declared
from tests.desk.rules import deeds, rows
from tests.desk.test_conditions import ANA, TEAM


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("colour", "is", "red"), "field"),
        (("happening", "is_there", "x"), "operator"),
        (("tags", "changed_to", "x"), "operator"),
        (("priority", "added", "high"), "operator"),
        (("state", "is", "draft"), "choice"),
        (("state", "changed", "x"), "no_value"),
        (("due", "present", "x"), "no_value"),
        (("currency", "is", "usd"), "code"),
        (("amount", "is", "1,000"), "money"),
        (("amount", "is", "-1"), "money"),
        (("amount", "is", "1e3"), "money"),
        (("amount", "is", "٣"), "money"),
        (("amount", "is", "9" * 13), "money"),
        (("replies", "is", "1.5"), "number"),
        (("replies", "is", "٣"), "number"),
        (("tags", "includes", "a,b"), "tags"),
        (("tags", "includes", " "), "missing"),
        (("message_text", "includes", "!?"), "words"),
        (("message_text", "includes", "x" * 401), "too_long"),
        (("message_text", "includes", "a\x00"), "too_long"),
        (("mediator", "is", ANA), "people"),
        (("team", "is", TEAM), "teams"),
        (("business_hours", "is", "desk"), "calendars"),
        (("since_filed", "greater_than", "1"), "field"),
    ],
)
def test_a_wrong_value_is_named(row: tuple[str, ...], code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        reading.read({"all": rows(("tags", "present"), row)}, Use.TRIGGER, Known())
    (slip,) = refused.value.problems
    assert (slip.group, slip.row, slip.code) == ("all", 2, code)
    assert code in words.WRONG


def test_too_many_rows_and_hours() -> None:
    with pytest.raises(Unreadable) as refused:
        reading.read({"any": rows(*[("due", "present")] * 41)}, Use.TRIGGER)
    assert [one.code for one in refused.value.problems] == ["too_many"]
    with pytest.raises(Unreadable) as refused:
        reading.read({"all": rows(("since_filed", "less_than", "10001"))}, Use.AUTOMATION)
    assert [one.code for one in refused.value.problems] == ["hours"]


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (("set_priority", "huge"), "choice"),
        (("set_team", TEAM), "teams"),
        (("set_assignee", "nobody"), "people"),
        (("send_webhook", "none"), "webhooks"),
        (("add_note", " "), "missing"),
        (("add_note", "x" * 401), "too_long"),
        (("add_tags", "a, b"), "tags"),
        (("close_case", "x"), "action"),
    ],
)
def test_a_wrong_action_is_named(deed: tuple[str, str], code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        rule_actions.read(deeds(deed), Known())
    assert [(one.row, one.code) for one in refused.value.problems] == [(1, code)]


def test_a_deed_that_is_no_row_of_texts_is_named() -> None:
    for rows_ in ([{"action": "add_tags"}], [{"action": "add_tags", "value": 1}], ["add_tags"]):
        with pytest.raises(Unreadable) as refused:
            rule_actions.read(rows_)
        assert [(one.row, one.code) for one in refused.value.problems] == [(1, "shape")]


def test_on_trust_an_id_must_still_be_one() -> None:
    """What is stored is looked up by it."""
    assert rule_actions.read(deeds(("set_team", TEAM)))
    with pytest.raises(Unreadable):
        rule_actions.read(deeds(("set_team", "'; --")))


# --- the vocabulary holds together ----------------------------------------------------------------------------------


def test_everything_has_a_word() -> None:
    assert set(words.FIELDS) == set(FIELDS) == set(_READERS)
    assert set(words.OPERATORS) == {one.value for one in Operator}
    assert set(words.ACTIONS) == {one.value for one in rule_actions.Act}
    assert set(OPERATORS) == set(Kind)
    for field in FIELDS.values():
        assert set(field.choices) <= set(words.VALUES.get(field.key, {})), field.key
    for act, choices in rule_actions.CHOICES.items():
        assert set(choices) == set(words.VALUES[act.value])
    assert set(FIELDS["client_language"].choices) == {code for code, _name in settings.LANGUAGES}


def test_no_rule_hears_or_tells_what_only_one_party_is_told() -> None:
    """And no action reaches the case's state or its money."""
    assert set(HAPPENINGS) <= set(declared())
    private = {f"dispute.{line.command}" for line in TABLE if line.told in ("own", "nobody")}
    assert private.isdisjoint(HAPPENINGS)
    of_staff = {f"dispute.{line.command}" for line in TABLE if line.told == "staff"}
    assert of_staff.isdisjoint(TOLD)
    assert {one.value for one in rule_actions.Act} == {
        "set_priority", "set_team", "set_assignee", "add_tags", "remove_tags", "add_note", "notify", "tell_parties",
        "send_webhook",
    }  # fmt: skip
