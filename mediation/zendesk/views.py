"""The door that Zendesk rings at. It answers at once and says nothing."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mediation.core import clock
from mediation.zendesk.actions.asking import is_on
from mediation.zendesk.actions.webhooks import ring
from mediation.zendesk.rules.signature import is_fresh, is_signed

LARGEST = 64 * 1024
MOST_OF_AN_ID = 80


@csrf_exempt  # it is signed, and no browser sends it
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """200 when it was noted, now or before; 404 for whatever is not Zendesk's, without a word about why."""
    body = request.read(LARGEST + 1)  # whatever length it claims to have
    if not is_on() or len(body) > LARGEST:
        return HttpResponse(status=404)
    timestamp = request.headers.get("X-Zendesk-Webhook-Signature-Timestamp", "")
    given = request.headers.get("X-Zendesk-Webhook-Signature", "")
    invocation = request.headers.get("X-Zendesk-Webhook-Invocation-Id", "")
    is_theirs = (
        is_signed(settings.ZENDESK.webhook_secrets, timestamp, body, given)
        and is_fresh(timestamp, clock.now())
        and request.headers.get("X-Zendesk-Account-Id") == settings.ZENDESK.account_id
        and settings.ZENDESK.webhook_id in ("", request.headers.get("X-Zendesk-Webhook-Id"))
    )
    ticket = _ticket(body) if is_theirs and 0 < len(invocation) <= MOST_OF_AN_ID else None
    if ticket is None:
        return HttpResponse(status=404)
    ring(invocation=invocation, ticket_id=ticket)
    return HttpResponse(status=200)


def _ticket(body: bytes) -> int | None:
    """The ticket that it is about: `detail.id` of an event, `ticket_id` of a trigger's own body."""
    try:
        said = json.loads(body)
        detail = said.get("detail")
        found = int(detail["id"] if isinstance(detail, dict) else said["ticket_id"])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    return found if 0 < found < 2**63 else None
