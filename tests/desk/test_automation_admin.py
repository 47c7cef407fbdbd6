"""Automations in the admin: built without code, never without an end, explained by their log."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from mediation.desk.models import Automation, AutomationFiring
from mediation.desk.tasks import sweep_automations
from tests.cast import Cast
from tests.desk.rules import automation
from tests.desk.test_automations import TAG, UNTAGGED
from tests.sla.conftest import World

pytestmark = pytest.mark.django_db


def form(**changes: object) -> dict[str, object]:
    said: dict[str, object] = {
        "name": "Slow", "position": 10, "is_active": "on",
        "all-field": ["since_filed", "tags"], "all-operator": ["greater_than", "not_includes"],
        "all-value": ["24", "slow"], "any-field": [""], "any-operator": [""], "any-value": [""],
        "actions-action": ["add_tags"], "actions-value": ["slow"],
    }  # fmt: skip
    return said | changes


@pytest.fixture
def lead(cast: Cast, client: Client) -> Client:
    User.objects.filter(pk=cast.supervisor.pk).update(is_staff=True)
    client.force_login(User.objects.get(pk=cast.supervisor.pk))
    return client


def test_a_lead_builds_one_and_its_log_says_why(lead: Client, world: World) -> None:
    assert lead.post("/admin/desk/automation/add/", form()).status_code == 302
    world.ask()
    world.at(hours=30)
    sweep_automations()
    page = lead.get("/admin/desk/automationfiring/").content.decode()
    assert "Hours since it was filed is more than 24: yes" in page
    key = AutomationFiring.objects.get().pk
    assert "Add the tags slow" in lead.get(f"/admin/desk/automationfiring/{key}/change/").content.decode()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"actions-value": ["other"]}, "Nothing of this ends the conditions"),
        ({"actions-action": ["add_note"]}, "Nothing of this ends the conditions"),
        ({"all-operator": ["greater_than", "includes"]}, "Nothing of this ends the conditions"),
        (
            {"all-field": ["priority", "tags"], "all-operator": ["is", "not_includes"], "all-value": ["low", "slow"]},
            "An automation looks for a time.",
        ),
        ({"all-field": ["happening", "tags"]}, "Row 1, field: “happening” is no field that can be asked here."),
    ],
)
def test_one_that_would_never_end_cannot_be_saved(lead: Client, changes: dict[str, Any], why: str) -> None:
    answer = lead.post("/admin/desk/automation/add/", form(**changes))
    assert why in answer.content.decode()
    assert not Automation.objects.exists()


def test_out_and_in_and_not_in_without_an_end(lead: Client) -> None:
    automation("Slow", ("since_filed", "greater_than", "24"), UNTAGGED, do=TAG)
    said = lead.get("/admin/desk/automation/export/").json()
    Automation.objects.all().delete()
    lead.post("/admin/desk/automation/import/", {"text": json.dumps(said)})
    assert lead.get("/admin/desk/automation/export/").json() == said
    said["rules"][0]["actions"] = [{"action": "add_tags", "value": "other"}]
    page = lead.post("/admin/desk/automation/import/", {"text": json.dumps(said)}).content.decode()
    assert "Rule 1, “What is done”: Nothing of this ends the conditions" in page
