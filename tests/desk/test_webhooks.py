"""Webhooks over real HTTP: signed, once, again until taken, given up, replayed, and never to where they must not go."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from mediation.core import clock
from mediation.core.sealing import open_
from mediation.desk import client as way_out
from mediation.desk.actions import webhooks
from mediation.desk.models import Webhook, WebhookAttempt, WebhookDelivery
from mediation.desk.rules import webhooks as rules
from mediation.desk.tasks import forget_old_lines, send_webhooks
from mediation.events.models import Event
from tests.at_once import at_once
from tests.cast import Cast
from tests.desk.receiver import Receiver
from tests.desk.rules import automation, trigger, waiting, webhook
from tests.disputes.conftest import Say
from tests.sla.conftest import World

pytestmark = pytest.mark.django_db


def sent(receiver: Receiver) -> list[Any]:
    return [json.loads(body) for _headers, body in receiver.got]


def test_what_happened_is_sent_signed_with_ids_and_states(world: World, receiver: Receiver) -> None:
    _made, secret = webhook(f"{receiver.address}/parley?x=1", "dispute.file", "dispute.ask_mediator")
    world.ask()
    world.hear()
    assert send_webhooks() == 2
    assert send_webhooks() == 0
    headers, body = receiver.got[0]
    signed = hmac.new(secret.encode(), headers["X-Parley-Timestamp"].encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Parley-Signature"] == f"sha256={signed}"
    assert headers["Content-Type"] == "application/json"
    said = json.loads(body)
    assert headers["X-Parley-Delivery"] == said["id"]
    assert headers["X-Parley-Event"] == said["happening"] == "dispute.file"
    case = world.case
    assert said["dispute"] == {
        "id": str(case.pk), "number": case.number, "room_id": str(case.room_id), "state": "awaiting_response",
        "phase": None, "track": "A", "outcome": None, "priority": "normal",
        "version": Event.objects.get(type="dispute.file").data["version"],
    }  # fmt: skip
    assert said["rule"] is None
    assert [one["dispute"]["state"] for one in sent(receiver)] == ["awaiting_response", "escalated"]


def test_heard_again_it_is_written_once(world: World, receiver: Receiver) -> None:
    webhook(receiver.address, "dispute.file")
    world.ask()
    world.hear()
    webhooks.tell_of_event(event=Event.objects.get(type="dispute.file"))
    assert WebhookDelivery.objects.count() == 1


def test_rules_send_to_it_and_off_it_hears_nothing(world: World, receiver: Receiver) -> None:
    made, _secret = webhook(receiver.address)
    rule = trigger("Tell", ("happening", "is", "dispute.file"), do=(("send_webhook", str(made.pk)),))
    old = ("since_filed", "greater_than", "1")
    automation("Old", old, ("tags", "not_present"), do=(("send_webhook", str(made.pk)), ("add_tags", "told")))
    world.ask()
    world.at(hours=2)
    from mediation.desk.actions.automations import sweep

    sweep()
    send_webhooks()
    assert [(one["rule"] == str(rule.pk), one["happening"]) for one in sent(receiver)] == [
        (True, "dispute.file"), (False, None),
    ]  # fmt: skip
    Webhook.objects.update(is_active=False)
    world.do(world.cast.client, "cancel_ask")
    world.hear()
    assert WebhookDelivery.objects.count() == 2


def test_it_is_tried_again_until_it_is_taken(world: World, receiver: Receiver) -> None:
    one = waiting(receiver.address)
    receiver.answers.extend([500, None, 302, 204])
    for _try in range(4):
        assert send_webhooks() == 1
        assert send_webhooks() == 0
        one.refresh_from_db()
        if one.try_at:
            world.traveller.move_to(one.try_at)
    assert [(tried.status, tried.problem) for tried in WebhookAttempt.objects.all()] == [
        (500, ""), (None, "connection"), (302, ""), (204, ""),
    ]  # fmt: skip
    assert one.taken_at is not None
    assert len(receiver.got) == 4  # the redirect was not followed


def test_it_is_given_up_and_sent_again_byte_for_byte_when_a_lead_says_so(
    world: World, receiver: Receiver, cast: Cast, client: Client
) -> None:
    one = waiting(receiver.address, body='{"é":1}')
    receiver.answers.extend([503] * rules.MOST_ATTEMPTS)
    while send_webhooks():
        one.refresh_from_db()
        world.traveller.move_to(one.try_at or clock.now())
    assert (one.attempts, one.try_at) == (rules.MOST_ATTEMPTS, None)
    assert one.dead_at is not None
    User.objects.filter(pk=cast.supervisor.pk).update(is_staff=True)
    client.force_login(User.objects.get(pk=cast.supervisor.pk))
    page = "/admin/desk/webhookdelivery/"
    said = {"action": "send_again", "_selected_action": [str(one.pk)]}
    assert "1 will be sent again." in client.post(page, said, follow=True).content.decode()
    assert send_webhooks() == 1
    one.refresh_from_db()
    assert one.taken_at is not None
    assert one.dead_at is None
    assert {body for _headers, body in receiver.got} == {'{"é":1}'.encode()}
    assert "503" in client.get(f"{page}{one.pk}/change/").content.decode()
    assert "0 will be sent again." in client.post(page, said, follow=True).content.decode()


def test_waits_grow_and_end() -> None:
    waits = [rules.wait_after(number) for number in range(1, rules.MOST_ATTEMPTS + 1)]
    assert waits[-1] is None
    known = [one for one in waits if one]
    assert known == sorted(known)
    assert known[-1] == rules.LONGEST_WAIT


def test_who_died_with_it_leaves_it_due_again(world: World, receiver: Receiver, monkeypatch: Any) -> None:
    """The lease ends by itself; a result that comes after it changes nothing but that it was taken."""
    one = waiting(receiver.address)

    def dies(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(way_out, "post", dies)
    with pytest.raises(KeyboardInterrupt):
        send_webhooks()
    monkeypatch.undo()
    assert send_webhooks() == 0
    world.traveller.shift(rules.LEASE + timedelta(seconds=1))
    assert send_webhooks() == 1
    one.refresh_from_db()
    assert (one.attempts, one.taken_at is not None) == (2, True)


def test_a_late_failure_does_not_undo_what_another_worker_has(
    world: World, receiver: Receiver, monkeypatch: Any
) -> None:
    one = waiting(receiver.address)
    real = way_out.post

    def slow(*args: Any) -> Any:
        monkeypatch.setattr(way_out, "post", real)
        world.traveller.shift(rules.LEASE + timedelta(seconds=1))
        send_webhooks()
        raise way_out.NotSent("timeout")

    monkeypatch.setattr(way_out, "post", slow)
    send_webhooks()
    one.refresh_from_db()
    assert one.taken_at is not None
    assert one.try_at is None


def test_what_nobody_thought_of_is_a_failed_try_like_any_other(world: World, monkeypatch: Any) -> None:
    one = waiting("https://example.com/")
    monkeypatch.setattr(way_out, "post", lambda *args: 1 / 0)
    assert send_webhooks() == 1
    one.refresh_from_db()
    assert one.try_at is not None
    assert WebhookAttempt.objects.get().problem == "unknown"


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(receiver: Receiver) -> None:
    waiting(receiver.address)
    results = at_once(*[webhooks.send_due] * 3)
    assert sorted(results, key=str) == [0, 0, 1]
    assert len(receiver.got) == 1


def test_what_was_done_with_is_forgotten_after_a_while(world: World, receiver: Receiver) -> None:
    waiting(receiver.address)
    waiting(receiver.address, cause="later", try_at=clock.now() + timedelta(days=200))
    send_webhooks()
    world.traveller.shift(timedelta(days=91))
    assert forget_old_lines() == 1
    assert WebhookDelivery.objects.get().cause == "later"


# --- nothing private leaves -------------------------------------------------------------------------------------------


def test_nothing_of_a_private_talk_or_of_any_text_leaves(
    world: World, cast: Cast, mediation: Say, receiver: Receiver
) -> None:
    from mediation.desk.queries.webhook_bodies import TOLD

    made, _secret = webhook(receiver.address, *TOLD)
    Webhook.objects.filter(pk=made.pk).update(events=[*TOLD, "rule.acted", "clock.warned", "dispute.answer"])
    trigger("Anything", ("happening", "is", "message.sent"), do=(("send_webhook", str(made.pk)), ("add_tags", "said")))
    trigger("Rules", ("happening", "is", "rule.acted"), do=(("send_webhook", str(made.pk)),), position=2)
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    world.hear()
    send_webhooks()
    receiver.got.clear()
    cast.say(cast.client, "canary-caucus", audience="caucus_client")
    cast.say(cast.mediator, "canary-caucus", audience="caucus_client")
    mediation(cast.client, "decline_mediation")
    world.hear()
    assert send_webhooks() == 0  # not even that something was said
    cast.say(cast.mediator, "canary-note", audience="internal")
    cast.say(cast.client, "canary-joint")
    world.hear()
    while send_webhooks():
        pass
    assert receiver.got
    assert "canary" not in receiver.everything
    # Of a note a rule may tell that it fitted, and not what it was.
    assert [one["happening"] for one in sent(receiver)].count("message.sent") == 2
    assert all(one["happening"] in (None, "message.sent") for one in sent(receiver))


# --- administration --------------------------------------------------------------------------------


def test_the_secret_is_shown_once(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)
    said = {"name": "House", "address": "https://example.com/x", "events": ["dispute.file"], "is_active": "on"}
    page = client.post("/admin/desk/webhook/add/", said, follow=True).content.decode()
    made = Webhook.objects.get()
    secret = open_(made.sealed_secret, webhooks.PURPOSE)
    assert secret in page
    assert secret not in made.sealed_secret
    assert secret not in client.get("/admin/desk/webhook/").content.decode()
    assert secret not in client.get(f"/admin/desk/webhook/{made.pk}/change/").content.decode()
    client.post(f"/admin/desk/webhook/{made.pk}/change/", said | {"name": "Home"})
    assert open_(Webhook.objects.get().sealed_secret, webhooks.PURPOSE) == secret
    again = {"action": "renew_secret", "_selected_action": [str(made.pk)]}
    page = client.post("/admin/desk/webhook/", again, follow=True).content.decode()
    new = open_(Webhook.objects.get().sealed_secret, webhooks.PURPOSE)
    assert new != secret
    assert new in page


def test_an_address_that_cannot_be_is_refused_with_what_to_do(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)
    for address, why in (("http://example.com/", "must begin with https://"), ("nothing", "This is no address")):
        page = client.post("/admin/desk/webhook/add/", {"name": "House", "address": address}).content.decode()
        assert why in page
    assert not Webhook.objects.exists()
