"""How long both can still talk with each other before a mediator has to come."""

from datetime import datetime, timedelta

from mediation.disputes.models import Dispute
from mediation.disputes.queries import rounds
from mediation.disputes.rules.deadlines import Kind, talks_left
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Overlay


def left(dispute: Dispute, now: datetime, terms: Terms) -> timedelta:
    """What is left of the policy's days; only while their time ran, and not on hold, it was used. Nothing or more."""
    lines = [one for one in rounds.of(dispute.deadlines.all(), dispute.reopenings) if one.kind == Kind.TALKS.value]
    ran = [(one.set_at, one.ended_at or now) for one in lines]
    holds = [(one.begins_at, one.ended_at or now) for one in dispute.overlays.all() if one.kind == Overlay.HOLD.value]
    used = sum((ends - begins for begins, ends in ran), timedelta())
    stood = sum((max(min(a[1], b[1]) - max(a[0], b[0]), timedelta()) for a in ran for b in holds), timedelta())
    return talks_left(used - stood, terms)
