"""Webhooks: making one, writing what it is told, sending what waits, and sending again what was given up."""

import logging
import secrets
import time
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from mediation.core import clock
from mediation.core.sealing import open_, seal
from mediation.desk import client
from mediation.desk.actions import handling as handlings
from mediation.desk.models import Webhook, WebhookAttempt, WebhookDelivery
from mediation.desk.queries.rule_facts import CaseFacts
from mediation.desk.queries.scenes import scene_of
from mediation.desk.queries.webhook_bodies import JOINT, TOLD, body, told_as
from mediation.desk.rules import webhooks as rules
from mediation.events.models import Event

AT_ONCE = 20
PURPOSE = "webhook secrets"  # sets the key they are sealed with apart

log = logging.getLogger(__name__)


def new_secret(webhook: Webhook) -> str:
    """Give it a secret and return it: this is the one time that it can be read. The caller saves the webhook."""
    secret = secrets.token_urlsafe(32)
    webhook.sealed_secret = seal(secret, PURPOSE)
    return secret


@transaction.atomic
def tell_of_event(*, event: Event) -> None:
    """Write an event into the outbox of every webhook that is told of its kind; heard twice, once. What was said in
    private, or among staff, is told to nobody.
    """
    told = [one for one in Webhook.objects.filter(is_active=True) if event.type in one.events]
    scene = scene_of(event) if told and event.type in TOLD else None
    case = handlings.case_of(scene) if scene and scene.audience == JOINT else None
    if scene is None or case is None:
        return
    facts = CaseFacts(handlings.locked(case, event.at), event.at, scene)
    for webhook in told:
        _write(webhook, facts, cause=f"event:{event.pk}", rule_id=None, at=event.at)


def tell_of_rule(facts: CaseFacts, *, webhook_id: str, rule_id: str, key: str) -> bool:
    """A rule asks for it, inside its own transaction. Whether it was written: one that is gone or off is not told."""
    webhook = Webhook.objects.filter(pk=webhook_id, is_active=True).first()
    return webhook is not None and _write(webhook, facts, cause=key, rule_id=rule_id, at=facts.at)


def _write(webhook: Webhook, facts: CaseFacts, *, cause: str, rule_id: str | None, at: datetime) -> bool:
    key = uuid4()
    now = clock.now()
    row = {"id": key, "body": body(key, facts, facts.scene, at, rule_id), "happening": told_as(facts.scene)}
    defaults = row | {"written_at": now, "try_at": now}
    return WebhookDelivery.objects.get_or_create(webhook=webhook, cause=cause, defaults=defaults)[1]


def send_due() -> int:
    """Send what is due, the oldest first, outside of any transaction; returns how many were tried. Any number of
    workers may do so at once: who moved `try_at` has it, and whoever dies leaves it due again after the lease.
    """
    now = clock.now()
    due = WebhookDelivery.objects.filter(try_at__lte=now, webhook__is_active=True).order_by("try_at")
    return sum(_send(key, try_at) for key, try_at in list(due.values_list("pk", "try_at")[:AT_ONCE]) if try_at)


def replay(deliveries: QuerySet[WebhookDelivery]) -> int:
    """Those that were given up are due once more, with all their tries; returns how many."""
    return deliveries.filter(dead_at__isnull=False).update(dead_at=None, try_at=clock.now(), attempts=0)


def _send(key: UUID, due_at: datetime) -> bool:
    claim = WebhookDelivery.objects.filter(pk=key, try_at=due_at)
    leased_until = clock.now() + rules.LEASE
    if not claim.update(try_at=leased_until, attempts=F("attempts") + 1):
        return False
    delivery = WebhookDelivery.objects.select_related("webhook").get(pk=key)
    tried = WebhookAttempt(delivery=delivery, at=clock.now())
    try:
        answer = client.post(delivery.webhook.address, delivery.body.encode(), _headers(delivery))
        tried.status, tried.took_ms = answer.status, answer.took_ms
    except client.NotSent as problem:
        tried.problem = problem.code
    except Exception as problem:
        # Whatever it is, the others must go on; its words may hold the address, and that may hold a secret.
        log.warning("A webhook could not be sent: %s", type(problem).__name__, extra={"delivery": str(key)})
        tried.problem = "unknown"
    _note(delivery, tried, leased_until)
    return True


def _headers(delivery: WebhookDelivery) -> dict[str, str]:
    timestamp = str(int(time.time()))
    signed = rules.signature(open_(delivery.webhook.sealed_secret, PURPOSE), timestamp, delivery.body.encode())
    return {
        rules.TIMESTAMP: timestamp,
        rules.SIGNATURE: signed,
        rules.DELIVERY: str(delivery.pk),
        rules.EVENT: delivery.happening or "rule",
    }


@transaction.atomic
def _note(delivery: WebhookDelivery, tried: WebhookAttempt, leased_until: datetime) -> None:
    """What became of a try. If the lease ran out meanwhile, another worker has the delivery and says so itself, unless
    this try was the one that was taken.
    """
    tried.save()
    now = clock.now()
    if tried.status is not None and rules.is_taken(tried.status):
        WebhookDelivery.objects.filter(pk=delivery.pk).update(taken_at=now, try_at=None, dead_at=None)
        return
    wait = rules.wait_after(delivery.attempts)
    mine = WebhookDelivery.objects.filter(pk=delivery.pk, try_at=leased_until)
    mine.update(try_at=now + wait if wait else None, dead_at=None if wait else now)


def forget_old(*, before: datetime) -> int:
    """Take away what was taken or given up before a moment; returns how many deliveries."""
    done = WebhookDelivery.objects.filter(try_at__isnull=True, written_at__lt=before)
    return done.delete()[1].get("desk.WebhookDelivery", 0)


def plain_is_allowed() -> bool:
    """Whether an address may be http: only where a setting allows addresses of the own network."""
    return settings.WEBHOOKS_TO_PRIVATE_ADDRESSES
