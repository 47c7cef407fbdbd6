"""What people see of the mirror: staff in the case's panel, keepers in the admin, parties and others nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from mediation.core import clock
from mediation.zendesk.models import Account, Mirror, Stray
from tests.cast import Cast
from tests.zendesk.conftest import NINA, Sides


def keeper(user: User) -> User:
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    return user


def test_staff_see_the_ticket_and_whether_it_is_in_step(sides: Sides, client: Client) -> None:
    client.force_login(sides.cast.mediator)
    page = client.get(reverse("web:room", args=[sides.cast.room.pk])).content.decode()
    assert f'{sides.standin.url}/agent/tickets/{sides.ticket}"' in page
    assert "in step since" in page
    sides.write(sides.cast.client, "Not there yet.")
    sides.hear()
    assert "waits since" in client.get(reverse("web:room", args=[sides.cast.room.pk])).content.decode()
    Mirror.objects.update(health="frozen", why="privacy")
    assert "an administrator must look" in client.get(reverse("web:room", args=[sides.cast.room.pk])).content.decode()


def test_parties_see_nothing_of_it(sides: Sides, client: Client) -> None:
    for party in (sides.cast.client, sides.cast.freelancer):
        client.force_login(party)
        assert "Zendesk" not in client.get(reverse("web:room", args=[sides.cast.room.pk])).content.decode()


def test_keepers_see_how_tickets_stand_and_set_one_going_again(sides: Sides, client: Client) -> None:
    sides.write(sides.cast.client, "CANARY")
    sides.hear()
    Mirror.objects.update(health="frozen", why="suspended", work_at=None)
    client.force_login(keeper(sides.cast.supervisor))
    address = reverse("admin:zendesk_mirror_changelist")
    shown = client.get(address).content.decode()
    assert "suspended" in shown
    assert f"#{sides.ticket}" in shown
    detail = client.get(reverse("admin:zendesk_mirror_change", args=[sides.mirror.pk])).content.decode()
    assert "CANARY" not in shown + detail
    client.post(address, {"action": "resync", "_selected_action": [str(sides.mirror.pk)]})
    sides.sync()
    sides.until_in_step()
    assert (sides.mirror.health, sides.waiting) == ("on", 0)
    assert sides.said_there().count("CANARY") == 1


def test_a_supervisor_settles_what_nobody_knew(sides: Sides, client: Client) -> None:
    for words in ("One.", "Two."):
        sides.standin.as_agent(who=NINA, ticket=sides.ticket, comment=words, public=False)
    sides.ring()
    first, second = Stray.objects.order_by("comment_id")
    client.force_login(keeper(sides.cast.supervisor))
    address = reverse("admin:zendesk_stray_changelist")
    assert "Nina Park" in client.get(address).content.decode()
    client.post(address, {"action": "take_in", "_selected_action": [str(first.pk)]})
    client.post(address, {"action": "dismiss", "_selected_action": [str(second.pk)]})
    assert sides.notes() == ["From Zendesk, by Nina Park (agent):\nOne."]
    assert not Stray.objects.filter(settled_at__isnull=True).exists()


def test_who_mended_the_account_has_it_asked_again_now(zendesk_on: None, cast: Cast, client: Client) -> None:
    Account.objects.create(trouble="token", stopped_until=clock.now())
    client.force_login(keeper(cast.admin))
    client.post(reverse("admin:zendesk_account_changelist"), {"action": "ask_again", "_selected_action": ["1"]})
    assert Account.objects.get().stopped_until is None


@pytest.mark.parametrize("model", ["mirror", "account", "stray"])
def test_nobody_else_opens_these_pages(cast: Cast, client: Client, model: str) -> None:
    others = [cast.client, keeper(cast.mediator), keeper(cast.qa), keeper(cast.analyst)]
    others += [keeper(cast.admin)] if model == "stray" else []
    for user in others:
        client.force_login(user)
        assert client.get(reverse(f"admin:zendesk_{model}_changelist")).status_code in (302, 403)
