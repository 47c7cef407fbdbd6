"""Rules over the API, and those that a house begins with."""

from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from mediation.core import rates
from mediation.desk.actions.default_rules import add_defaults
from mediation.desk.models import Automation, Handling, Trigger
from mediation.desk.queries.rule_people import known
from mediation.desk.rules.checking import Draft, check
from mediation.desk.rules.conditions.fields import Use
from mediation.desk.rules.default_rules import DEFAULT_AUTOMATIONS, DEFAULT_TRIGGERS
from tests.cast import Cast
from tests.sla.conftest import World

pytestmark = pytest.mark.django_db


def put(client: Client, kind: str, said: Any) -> Any:
    return client.put(f"/api/rules/{kind}/", said, content_type="application/json")


@pytest.mark.parametrize("kind", ["triggers", "automations"])
def test_what_comes_out_goes_in_and_is_the_same(cast: Cast, client: Client, kind: str) -> None:
    add_defaults()
    client.force_login(cast.supervisor)
    said = client.get(f"/api/rules/{kind}/").json()
    assert said["rules"]
    {"triggers": Trigger, "automations": Automation}[kind].objects.all().delete()
    answer = put(client, kind, said)
    assert answer.status_code == 200
    assert answer.json() == said == client.get(f"/api/rules/{kind}/").json()


def test_who_brings_rules_in_too_fast_is_told_so_and_nothing_changes(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_defaults()
    monkeypatch.setattr(rates, "commands", rates.Rate(burst=1, per_minute=0.01))
    client.force_login(cast.supervisor)
    none = {"kind": "triggers", "version": 1, "rules": []}
    assert [put(client, "triggers", none).status_code for _ in range(2)] == [200, 429]
    client.force_login(cast.agent)
    assert (put(client, "triggers", none).status_code, client.get("/api/rules/triggers/").status_code) == (404, 404)


def test_a_slip_is_named_with_its_rule_row_and_part(cast: Cast, client: Client) -> None:
    add_defaults()
    client.force_login(cast.admin)
    said = client.get("/api/rules/triggers/").json()
    said["rules"][1]["all"][0]["value"] = "dispute.bid"
    answer = put(client, "triggers", said)
    assert answer.status_code == 400
    error = answer.json()
    assert error["code"] == "desk.rules"
    assert error["detail"]["problems"] == [
        {
            "rule": 2, "group": "all", "row": 1, "part": "value",
            "message": "Row 1, value: “dispute.bid” is none of the values of this field.",
        }
    ]  # fmt: skip


def test_the_standard_ones_can_be_saved_are_in_each_language_and_are_added_once() -> None:
    call_command("add_rules", language="nl")
    assert [one.name for one in Trigger.objects.all()] == [one.names["nl"] for one in DEFAULT_TRIGGERS]
    Trigger.objects.update(is_active=False)
    assert add_defaults() == 0
    for model, use in ((Trigger, Use.TRIGGER), (Automation, Use.AUTOMATION)):
        for one in model.objects.all():
            assert check(Draft(one.conditions, one.actions), use, known()) == []
    spoken = {code for code, _name in settings.LANGUAGES}
    assert all(set(one.names) == spoken for one in (*DEFAULT_TRIGGERS, *DEFAULT_AUTOMATIONS))


def test_cases_from_before_are_begun_with_the_queue(world: World, capsys: Any) -> None:
    world.ask()
    Handling.objects.all().delete()
    call_command("rebuild_queue")
    assert "1 cases begun" in capsys.readouterr().out
    assert Handling.objects.count() == 1
