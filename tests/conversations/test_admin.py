"""The admin shows facts about conversations, and not a word of them."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from mediation.conversations.actions.threads import open_topic
from mediation.conversations.models import Contract, Message, Room
from mediation.events.models import Delivery, Event
from tests.cast import Cast

CANARY = "pineapple-7731"


@pytest.fixture
def pages(cast: Cast, client: Client) -> dict[str, str]:
    """Every admin page about a room in which the canary was said in every way there is."""
    cast.mediate()
    Event.objects.filter(type="help.asked").update(data={"help": CANARY})
    for author, audience in (
        (cast.client, "joint"),
        (cast.client, "caucus_client"),
        (cast.freelancer, "caucus_freelancer"),
        (cast.senior, "internal"),
    ):
        cast.say(author, f"{CANARY} {audience}", audience=audience)
    open_topic(user=cast.mediator, room_id=cast.room.pk, audience="internal", title=CANARY)
    cast.room.help_requests.update(note=CANARY)
    Delivery.objects.create(event=Event.objects.filter(type="thread.opened").last(), subscriber="search")
    client.force_login(cast.admin)
    addresses = []
    for app in ("conversations", "events"):
        for model in apps.get_app_config(app).get_models():
            if model not in admin.site._registry:
                continue
            name = f"admin:{app}_{model._meta.model_name}"
            addresses.append(reverse(f"{name}_changelist"))
            addresses += [reverse(f"{name}_change", args=[row.pk]) for row in model._default_manager.all()]
    return {address: client.get(address, follow=True).content.decode() for address in addresses}


def test_no_page_holds_what_people_wrote(pages: dict[str, str]) -> None:
    assert len(pages) > 10
    for address, html in pages.items():
        assert CANARY not in html, address


def test_private_threads_are_not_even_a_row(pages: dict[str, str], cast: Cast) -> None:
    room = pages[reverse("admin:conversations_room_change", args=[cast.room.pk])]
    assert "Staff notes" in room
    assert "Private with" not in room
    shown = pages[reverse("admin:conversations_message_changelist")]
    for audience, is_shown in (("joint", True), ("caucus_client", False), ("caucus_freelancer", False)):
        assert (str(cast.id_of(audience)) in shown) == is_shown


@pytest.mark.parametrize("model", [Contract, Room, Message, Delivery])
def test_nothing_can_be_added_changed_or_deleted(cast: Cast, client: Client, model: type) -> None:
    client.force_login(cast.admin)
    if model is Delivery:
        Delivery.objects.create(event=Event.objects.first(), subscriber="search")
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = model._default_manager.first()
    assert client.get(reverse(f"{name}_add")).status_code == 403
    assert client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
    assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    client.post(reverse(f"{name}_changelist"), chosen)
    assert model._default_manager.filter(pk=row.pk).exists()


def test_a_delivery_that_was_given_up_can_be_tried_again(cast: Cast, client: Client) -> None:
    row = Delivery.objects.create(event=Event.objects.first(), subscriber="search", attempts=20)
    client.force_login(cast.admin)
    client.post(reverse("admin:events_delivery_changelist"), {"action": "retry", "_selected_action": row.pk})
    row.refresh_from_db()
    assert row.next_try_at is not None


@pytest.mark.parametrize("who", ["client", "freelancer", "mediator", "supervisor", "outsider"])
def test_only_administrators_come_in(cast: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(reverse("admin:conversations_message_changelist")).status_code in (302, 403)
