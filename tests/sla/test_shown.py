"""Who sees which clocks, and how they look."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mediation.sla import audience
from mediation.sla.models import Clock
from mediation.sla.queries import shown
from mediation.web import clocks
from tests.sla.conftest import MONDAY, World


@pytest.mark.parametrize(
    ("who", "sees"),
    [("mediator", 5), ("agent", 5), ("senior", 5), ("supervisor", 5), ("qa", 5), ("client", 0), ("freelancer", 0),
     ("outsider", 0), ("outside_freelancer", 0)],
)  # fmt: skip
def test_staff_see_all_clocks_and_a_party_what_was_promised_to_it(world: World, who: str, sees: int) -> None:
    world.ask()
    world.hear()
    assert audience.visible(getattr(world.cast, who), world.case).count() == sees
    promised = Clock.objects.create(
        metric="PROM", dispute=world.case, room_id=world.dispute.room_id, person=world.cast.client,
        activated_at=MONDAY, target_ms=1,
    )  # fmt: skip
    found = audience.visible(getattr(world.cast, who), world.case)
    assert (promised in found) == (sees > 0 or who == "client")


def test_the_worse_of_two_is_shown_and_what_is_due_next_comes_first(world: World) -> None:
    cast = world.cast
    world.ask()
    world.do(cast.mediator, "claim")
    cast.say(cast.mediator, "Hello.")
    world.at(minutes=30).cast.say(cast.freelancer, "When?")
    world.at(minutes=40).cast.say(cast.client, "And I?")
    world.at(minutes=50)
    found = shown.of_case(cast.mediator, world.case)
    assert [one.metric for one in found] == ["NRT", "PUT"]
    assert found[0].person_id == cast.freelancer.pk
    assert found[0].marks == tuple(MONDAY + timedelta(minutes=30 + part * 2.4) for part in (0, 50, 80, 100))


def test_the_waiting_page_counts_down(world: World, client: Client) -> None:
    world.ask()
    world.at(hours=1, minutes=45)
    client.force_login(world.cast.agent)
    html = client.get(reverse("web:waiting")).content.decode()
    assert 'data-state="risk"' in html
    assert "At risk" in html
    assert ">15 min</time>" in html


def test_the_room_says_them_to_staff_and_not_to_the_parties(world: World, client: Client) -> None:
    world.ask()
    world.at(hours=2, minutes=6)
    for person, sees in ((world.cast.agent, True), (world.cast.client, False), (world.cast.freelancer, False)):
        client.force_login(person)
        html = client.get(reverse("web:room", args=[world.cast.room.pk])).content.decode()
        assert ("Clocks of this case" in html) is sees
        assert ('data-state="late"' in html) is sees
        assert ("6 min over" in html) is sees


def test_a_paused_clock_has_no_time(world: World) -> None:
    world.ask()
    world.do(world.cast.senior, "hold", reason="Trust and safety looks at it.")
    world.hear()
    drawn = clocks.of_case(world.cast.agent, world.case)
    assert {row["face"].state for row in drawn["rows"]} == {"paused"}
    assert {(row["left"], json.loads(row["marks_ms"])) == ("", []) for row in drawn["rows"]} == {True}
    assert clocks.of_case(world.cast.client, world.case) is None
