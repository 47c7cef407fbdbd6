"""Triggers in the admin: built without code, tried before they hold, explained by their log, out and in as JSON."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.rules import Role
from mediation.desk.models import CaseTag, Handling, QueueRow, RuleMail, Trigger, TriggerLog
from mediation.events.models import Event
from tests.cast import Cast
from tests.desk.rules import trigger
from tests.sla.conftest import World

pytestmark = pytest.mark.django_db
ADD, LIST = "/admin/desk/trigger/add/", "/admin/desk/trigger/"


@pytest.fixture
def lead(cast: Cast, client: Client) -> Client:
    """Sue, a supervisor who may open the admin and was given no right of it beside."""
    User.objects.filter(pk=cast.supervisor.pk).update(is_staff=True)
    client.force_login(User.objects.get(pk=cast.supervisor.pk))
    return client


def form(**changes: object) -> dict[str, object]:
    said: dict[str, object] = {
        "name": "Large sums", "position": 10, "is_active": "on",
        "all-field": ["happening", "amount", ""], "all-operator": ["is", "greater_than", ""],
        "all-value": ["dispute.file", "1000", ""], "any-field": [""], "any-operator": [""], "any-value": [""],
        "actions-action": ["set_priority", "add_tags"], "actions-value": ["high", "large"],
    }  # fmt: skip
    return said | changes


def test_a_lead_builds_one_and_its_log_says_why(lead: Client, world: World) -> None:
    assert lead.post(ADD, form()).status_code == 302
    world.ask()
    world.hear()
    assert QueueRow.objects.get().priority == "high"
    page = lead.get("/admin/desk/triggerlog/").content.decode()
    assert "What happened is a claim was filed: yes" in page
    assert "Amount in dispute is more than 1,000.00: yes" in page
    assert "What happened is a claim was filed: no, it is the claim was declined" in page
    line = TriggerLog.objects.get(has_fired=True)
    assert "Set the priority to High" in lead.get(f"/admin/desk/triggerlog/{line.pk}/change/").content.decode()
    assert "Set the priority to High; Add the tags large" in lead.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"all-value": ["dispute.file", "a lot", ""]}, "Row 2, value: “a lot” is no sum. Write it like 500 or 500.00."),
        ({"all-value": ["", "1", ""]}, "Row 1, value: A value is missing."),
        ({"all-operator": ["includes", "is", ""]}, "Row 1, operator: “includes” does not go with this field."),
        ({"all-field": ["", "amount", ""]}, "Row 1, field: “” is no field that can be asked here."),
        ({"all-field": ["since_filed", "amount", ""]}, "Row 1, field: “since_filed” is no field that can be asked"),
        ({"all-field": [], "all-operator": [], "all-value": []}, "Choose at least one condition."),
        ({"actions-action": [""], "actions-value": [""]}, "Choose at least one thing that is done."),
        ({"actions-action": ["close"], "actions-value": ["now"]}, "“close” is nothing that a rule can do."),
        ({"actions-action": ["set_team"], "actions-value": ["x"]}, "There is no team “x”."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_a_slip_names_its_row_and_loses_nothing(lead: Client, changes: dict[str, Any], why: str) -> None:
    answer = lead.post(ADD, form(**changes))
    assert answer.status_code == 200
    page = answer.content.decode().replace("&quot;", '"')
    assert why in page
    assert 'value="large"' in page or "actions-value" in changes
    assert not Trigger.objects.exists()


def test_one_is_changed_and_keeps_its_rows(lead: Client) -> None:
    made = trigger("One", ("tags", "present"), ("clock_percent", "less_than", "5"), do=(("add_tags", "b a"),))
    page = lead.get(f"{LIST}{made.pk}/change/").content.decode()
    assert 'value="b a"' in page
    rows = {f"all-{part}": [row[part] for row in made.conditions["all"]] for part in ("field", "operator", "value")}
    said = {"name": "Two", "position": 3, **rows, "actions-action": ["add_tags"], "actions-value": ["b a"]}
    assert lead.post(f"{LIST}{made.pk}/change/", said).status_code == 302
    found = Trigger.objects.get(pk=made.pk)
    assert (found.name, found.is_active) == ("Two", False)
    assert (found.conditions, found.actions) == (made.conditions, made.actions)


def counts() -> list[int]:
    return [one.objects.count() for one in (Event, TriggerLog, Trigger, CaseTag, RuleMail, Handling)]


def test_trying_it_says_what_would_have_fired_and_changes_nothing(lead: Client, world: World) -> None:
    world.ask()
    world.hear()
    before = counts(), list(Handling.objects.values())
    answer = lead.post(f"{LIST}try/", form())
    page = answer.content.decode()
    assert "It would have fired on 1 of the newest 3 events." in page
    assert "What happened is a claim was filed: no, it is a mediator was asked for" in page
    assert (counts(), list(Handling.objects.values())) == before


def test_trying_what_is_not_right_says_so(lead: Client) -> None:
    page = lead.post(f"{LIST}try/", form(**{"all-value": ["x", "y", ""]})).content.decode()
    assert "“x” is none of the values of this field." in page
    assert "Nothing was done" not in page


def test_trying_a_saved_one_is_not_troubled_by_its_own_name(lead: Client, world: World) -> None:
    world.ask()
    world.hear()
    made = trigger("Large sums", ("state", "changed_to", "escalated"), do=(("add_tags", "x"),))
    changed = {"all-field": ["state"], "all-operator": ["changed_to"], "all-value": ["escalated"], "rule": str(made.pk)}
    page = lead.post(f"{LIST}try/", form(**changed)).content.decode()
    assert "It would have fired on 1 of" in page
    assert "State changed to Waiting for a mediator: no, it is Direct talks" in page


def exported(lead: Client) -> Any:
    return lead.get(f"{LIST}export/").json()


def test_what_comes_out_goes_in_and_is_the_same(lead: Client) -> None:
    trigger("One", ("tags", "includes", "a b"), do=(("add_note", "Ünïcode “quotes”"),), some=(("due", "present"),))
    trigger("Two", ("amount", "less_than", "0.50"), do=(("set_team", "none"),), is_active=False, position=2)
    said = exported(lead)
    Trigger.objects.all().delete()
    assert lead.post(f"{LIST}import/", {"text": json.dumps(said)}).status_code == 302
    assert exported(lead) == said
    lead.post(f"{LIST}import/", {"text": json.dumps(said)})
    assert exported(lead) == said


def test_an_import_with_a_slip_changes_nothing_and_names_it(lead: Client) -> None:
    trigger("One", ("tags", "present"), do=(("add_tags", "a"),))
    said = exported(lead)
    said["rules"].append(
        {**said["rules"][0], "name": "Two", "all": [{"field": "amount", "operator": "is", "value": "?"}]}
    )
    said["rules"][0]["position"] = 7
    answer = lead.post(f"{LIST}import/", {"text": json.dumps(said)})
    assert "Rule 2, “All of these”: Row 1, value: “?” is no sum." in answer.content.decode()
    assert [(one.name, one.position) for one in Trigger.objects.all()] == [("One", 10)]


RULE = {"name": "A", "position": 1, "is_active": True, "all": [], "any": [], "actions": []}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "This cannot be read as JSON."),
        ("", "This cannot be read as JSON."),
        ('"\\ud800"', "This cannot be read as JSON."),
        ("[" * 100_000, "This cannot be read as JSON."),
        ("[]", "This is no export of rules of this kind."),
        ('{"kind": "automations", "version": 1, "rules": []}', "This is no export of rules of this kind."),
        ('{"kind": "triggers", "version": 1, "rules": [1]}', "A rule has these parts and no others"),
        (json.dumps({"kind": "triggers", "version": 1, "rules": [RULE] * 201}), "At most 200 rules fit"),
        *(
            (json.dumps({"kind": "triggers", "version": 1, "rules": [{**RULE, **wrong}]}), why)
            for wrong, why in (
                ({"name": ""}, "A rule needs a name of at most 80 characters."),
                ({"name": 7}, "A rule needs a name of at most 80 characters."),
                ({"position": True}, "The place in the list is a whole number"),
                ({"position": 99_999}, "The place in the list is a whole number"),
                ({"is_active": "yes"}, "“is_active” is true or false."),
                ({"all": "x"}, "This is not a row of texts with the right parts."),
                ({"all": [{"field": "tags"}]}, "Row 1: This is not a row of texts with the right parts."),
                ({"all": [{"field": "tags", "operator": ["x"], "value": ""}]}, "Row 1: This is not a row of texts"),
                ({"actions": {"a": 1}}, "This is not a row of texts with the right parts."),
            )
        ),
    ],
)
def test_what_is_no_export_is_refused_with_a_reason(lead: Client, text: str, why: str) -> None:
    answer = lead.post(f"{LIST}import/", {"text": text})
    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert not Trigger.objects.exists()


def test_a_file_that_is_no_export_of_ours_is_refused_by_its_size(lead: Client, tmp_path: Any) -> None:
    large = tmp_path / "rules.json"
    large.write_text('{"kind": "triggers", "version": 1, "rules": [], "note": "' + "x" * 500_000 + '"}')
    with large.open("rb") as file:
        answer = lead.post(f"{LIST}import/", {"file": file})
    assert "This file is too large to be an export of rules." in answer.content.decode()
    assert not Trigger.objects.exists()


def test_a_log_says_what_was_found_or_that_nothing_was(lead: Client, world: World) -> None:
    named = (("outcome", "is", "settled"), ("priority", "is", "urgent"), ("replies", "is", "0"))
    trigger("Odd", *named, do=(("set_team", "none"), ("tell_parties", "seen")))
    world.ask()
    world.hear()
    page = lead.get("/admin/desk/triggerlog/").content.decode()
    assert "Outcome is Settled by agreement: no<" in page, "there was none"
    assert "Priority is Urgent: no, it is Normal" in page
    assert "Answers from Upwork is 0: yes" in page
    assert "Give it to the team nobody; Tell both parties “Upwork has seen this." in lead.get(LIST).content.decode()


def test_a_log_names_no_code_for_what_no_rule_can_name(lead: Client, world: World) -> None:
    trigger("Any", ("happening", "is", "dispute.file"), do=(("add_tags", "seen"),))
    world.ask()
    world.do(world.cast.agent, "claim")
    world.do(world.cast.agent, "add_issue", title="What is on the list?")
    world.hear()
    page = lead.get("/admin/desk/triggerlog/").content.decode()
    assert "no, it is another step in the case" in page
    assert "dispute." not in page


def test_a_file_and_a_name_that_is_there_twice(lead: Client, tmp_path: Any) -> None:
    trigger("One", ("tags", "present"), do=(("add_tags", "a"),))
    said = exported(lead)
    said["rules"] *= 2
    path = tmp_path / "triggers.json"
    path.write_text(json.dumps(said))
    with path.open("rb") as file:
        assert "This name is there twice." in lead.post(f"{LIST}import/", {"file": file}).content.decode()


PAGES = [
    LIST, ADD, f"{LIST}export/", f"{LIST}import/", "/admin/desk/triggerlog/", "/admin/desk/automation/",
    "/admin/desk/automation/export/", "/admin/desk/automationfiring/", "/admin/desk/webhook/",
    "/admin/desk/webhook/add/", "/admin/desk/webhookdelivery/",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_only_leads_open_it(cast: Cast, client: Client, page: str) -> None:
    """Whoever may open the admin for another reason is refused, whatever rights of it they were given."""
    seen = {}
    for person in User.objects.all():
        User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=person.role != Role.SUPERVISOR.value)
        client.force_login(User.objects.get(pk=person.pk))
        seen[person.role] = client.get(page).status_code
    allowed = {role for role, status in seen.items() if status == 200}
    assert allowed == {Role.SUPERVISOR.value, Role.ADMIN.value}
    assert {status for role, status in seen.items() if role not in allowed} == {403}


def test_who_may_not_open_the_admin_builds_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.supervisor)
    assert client.post(ADD, form()).status_code == 302
    assert client.post(f"{LIST}try/", form()).status_code == 302
    assert not Trigger.objects.exists()
