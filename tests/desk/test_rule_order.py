"""The order of rules: moved by buttons that need no script, for who sets rules up."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from mediation.core.errors import NotFound
from mediation.desk.actions.rule_order import move
from mediation.desk.models import Automation, Trigger
from mediation.desk.models.triggers import Rule
from tests.at_once import at_once
from tests.cast import Cast
from tests.desk.rules import automation, trigger

LIST = "/admin/desk/trigger/"


@pytest.fixture
def three(db: None) -> list[Trigger]:
    """B and C were typed the same number, and are ordered by their names."""
    do = (("add_tags", "x"),)
    return [trigger(name, ("due", "present"), do=do, position=at) for name, at in (("A", 5), ("C", 7), ("B", 7))]


def order() -> list[str]:
    return [one.name for one in Trigger.objects.all()]


def key(name: str) -> object:
    return Trigger.objects.get(name=name).pk


@pytest.mark.parametrize(
    ("name", "by", "after", "place"),
    [("C", -1, "ACB", 2), ("B", -1, "BAC", 1), ("A", 1, "BAC", 2), ("A", -1, "ABC", 1), ("C", 1, "ABC", 3)],
)
def test_a_rule_goes_past_its_neighbour_and_stays_at_an_end(
    three: list[Trigger], name: str, by: int, after: str, place: int
) -> None:
    assert order() == ["A", "B", "C"]
    assert move(model=Trigger, rule_id=key(name), by=by)[1:] == (place, 3)
    assert order() == list(after)
    assert [one.position for one in Trigger.objects.all()] == [10, 20, 30]


@pytest.fixture
def lead(cast: Cast, client: Client) -> Client:
    User.objects.filter(pk=cast.supervisor.pk).update(is_staff=True)
    client.force_login(cast.supervisor)
    return client


def listed(model: type[Rule] = Trigger, **typed: object) -> dict[str, object]:
    """The list's form as it is sent, with what was typed over the positions of some."""
    rules = list(model._default_manager.all())
    rows = [
        {
            f"form-{at}-id": one.pk,
            f"form-{at}-position": typed.get(one.name, one.position),
            f"form-{at}-is_active": "on",
        }
        for at, one in enumerate(rules)
    ]
    sent: dict[str, object] = {"form-TOTAL_FORMS": len(rules), "form-INITIAL_FORMS": len(rules)}
    for row in rows:
        sent |= row
    return sent


def test_the_buttons_move_say_so_and_come_back_to_the_same_button(three: list[Trigger], lead: Client) -> None:
    up = f"up-{key('C')}"
    page = lead.get(LIST).content.decode()
    assert f'name="_save" value="{up}" id="{up}"' in page
    assert "Move “C” up" in page
    answer = lead.post(f"{LIST}?is_active__exact=1", listed() | {"_save": up})
    assert answer["Location"] == f"{LIST}?is_active__exact=1#{up}"
    page = lead.get(LIST).content.decode()
    assert "“C” is number 2 of 3." in page
    assert "successfully" not in page, "nothing was typed"
    assert order() == ["A", "C", "B"]
    timed = automation("Quiet", ("since_updated", "greater_than", "1"), do=(("add_tags", "x"),))
    assert lead.post("/admin/desk/automation/", listed(Automation) | {"_save": f"down-{timed.pk}"}).status_code == 302
    assert Automation.objects.get().position == 10


def test_what_was_typed_is_saved_before_a_rule_moves(three: list[Trigger], lead: Client) -> None:
    typed = listed(A=8)
    typed.pop("form-2-is_active")
    lead.post(LIST, typed | {"_save": f"up-{key('A')}"})
    page = lead.get(LIST).content.decode()
    assert "2 triggers were changed successfully." in page
    assert "“A” is number 2 of 3." in page
    assert order() == ["B", "A", "C"], "behind both by its number, and past one of them"
    assert [one.name for one in Trigger.objects.filter(is_active=False)] == ["C"]


@pytest.mark.parametrize("wrong", ["-1", "ten", ""])
def test_what_cannot_be_saved_stays_as_it_was_typed_and_nothing_moves(
    three: list[Trigger], lead: Client, wrong: str
) -> None:
    answer = lead.post(LIST, listed(A=wrong, B=2) | {"_save": f"up-{key('C')}"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Please correct the error below." in page
    assert f'name="form-0-position" value="{wrong}"' in page or not wrong
    assert 'name="form-1-position" value="2"' in page
    assert [one.position for one in Trigger.objects.all()] == [5, 7, 7]


@pytest.mark.parametrize(
    ("pressed", "is_arrow"), [("up-00000000-0000-4000-8000-000000000000", True), ("down-", True), ("Save", False)]
)
def test_what_is_not_there_moves_nothing_and_what_was_typed_is_saved(
    three: list[Trigger], lead: Client, pressed: str, is_arrow: bool
) -> None:
    assert lead.post(LIST, listed(A=9) | {"_save": pressed})["Location"] == LIST
    assert ("There is nothing here that you can see." in lead.get(LIST).content.decode()) is is_arrow
    assert order() == ["B", "C", "A"]


def test_nobody_else_moves_a_rule(three: list[Trigger], cast: Cast, client: Client) -> None:
    moved = listed() | {"_save": f"up-{key('C')}"}
    for user in (cast.agent, cast.client):
        User.objects.filter(pk=user.pk).update(is_staff=True)
        client.force_login(user)
        assert client.post(LIST, moved).status_code == 403
    client.logout()
    assert client.post(LIST, moved).status_code == 302
    assert order() == ["A", "B", "C"]
    with pytest.raises(NotFound):
        move(model=Trigger, rule_id=uuid4(), by=1)


@pytest.mark.django_db(transaction=True)
def test_two_who_move_at_once_both_move() -> None:
    for number, name in enumerate("ABCD"):
        trigger(name, ("due", "present"), do=(("add_tags", "x"),), position=number)
    keys = {name: key(name) for name in "BD"}
    moves = [lambda name=name: move(model=Trigger, rule_id=keys[name], by=-1) for name in "BD"]
    assert not [one for one in at_once(*moves) if isinstance(one, Exception)]
    assert order() == ["B", "A", "D", "C"]
