"""The brief: the facts of a case on one screen, drawn from the rows. Both parties and the mediator read the same.

Only what is joint goes in, so that it can be read aloud to everybody: nothing of a private talk, a sealed answer or a
bid, and of the statements only those that were revealed. After `case_view` of the same case it costs four queries.
"""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from mediation.conversations.models import Message, Milestone, Thread
from mediation.core import clock
from mediation.core.clock import iso
from mediation.disputes.models import CaseEntry, Dispute, Offer
from mediation.disputes.queries import facts as facts_of
from mediation.disputes.queries import holdings
from mediation.disputes.queries.case import standing
from mediation.disputes.rules.response import usual_wait
from mediation.disputes.rules.visibility import is_out

JOINT = Thread.Audience.JOINT.value
NEWEST_MESSAGES = 400
LINES_IN_TIMELINE = 8
OF_STANDING = ("offers", "requests", "issues__positions", "bid_rounds", "agreements__acceptances", "overlays",
               "deadlines", "arbitration_steps", "disclosures__agent")  # fmt: skip


def brief(dispute: Dispute) -> dict[str, Any]:
    """Plain values; moments as text, sums in minor units, lengths in seconds; `tied` is the agent of whom both are
    asked whether they may come. Empty for a claim nobody has filed.
    """
    if not is_out(dispute.state, has_claim=dispute.has_claim, filed_at=dispute.filed_at):
        return {}
    prefetch_related_objects([dispute], *OF_STANDING)
    in_escrow, frozen = holdings.money(dispute)
    facts = facts_of.gather(dispute, None, facts_of.actors(dispute, None), {}, clock.now())
    return {
        "standing": standing.shared(dispute, facts),
        "tied": next((one.agent.name for one in dispute.disclosures.all() if one.decided_at is None), ""),
        "parties": _parties(dispute),
        "contract": dispute.room.contract.title,
        "milestones": list(
            Milestone.objects.filter(contract=dispute.room.contract_id)
            .order_by("position")
            .values("title", "amount_minor", "status")
        ),
        "money": {
            "currency": dispute.currency,
            "amount_minor": dispute.amount_minor,
            "claimed_refund_minor": dispute.claimed_refund_minor,
            "held_minor": in_escrow + frozen,
        },
        "has_claim": dispute.has_claim,
        "problem": dispute.problem,
        "statements": _statements(dispute),
        "timeline": _timeline(dispute),
        "offers": _offers(dispute),
        "issues": _issues(dispute),
        "evidence": _evidence(dispute),
        "requests": _requests(dispute),
        "deadlines": _deadlines(dispute),
    }


def _parties(dispute: Dispute) -> list[dict[str, Any]]:
    written = _written(dispute.room_id)
    return [
        {
            "id": str(person.pk),
            "name": person.name,
            "role": "client" if (person.pk == dispute.filer_id) == dispute.filer_is_client else "freelancer",
            "has_filed": person.pk == dispute.filer_id,
            "time_zone": person.time_zone,
            "usual_wait_seconds": int(wait.total_seconds()) if (wait := usual_wait(written, person.pk)) else None,
        }
        for person in (dispute.filer, dispute.respondent)
    ]


def _written(room_id: UUID) -> list[tuple[UUID | None, datetime]]:
    """Who wrote when in front of everyone, the newest few hundred in order of time."""
    said = Message.objects.filter(thread__room=room_id, thread__audience=JOINT, kind=Message.Kind.TEXT.value)
    newest = said.order_by("-created_at", "-pk").values_list("author_id", "created_at")[:NEWEST_MESSAGES]
    return list(reversed(newest))


def _statements(dispute: Dispute) -> list[dict[str, Any]]:
    revealed = [one for one in dispute.statements.all() if one.revealed_at is not None]
    return [
        {"author": str(one.author_id), "body": one.body, "wants": one.wants}
        for one in sorted(revealed, key=lambda one: one.pk)
    ]


def _timeline(dispute: Dispute) -> list[dict[str, Any]]:
    """The turns of the case: the entries with which its state changed."""
    entries = CaseEntry.objects.filter(dispute=dispute, audience=JOINT).order_by("number")
    found: list[dict[str, Any]] = []
    state = ""
    for type_, actor_id, content, at in entries.values_list("type", "actor_id", "content", "at"):
        now = content.get("state", state)
        if now != state:
            found.append({"command": type_.removeprefix("dispute."), "actor": str(actor_id or ""), "at": iso(at)})
        state = now
    return found[-LINES_IN_TIMELINE:]


def _offers(dispute: Dispute) -> list[dict[str, Any]]:
    """The last offer of each side."""
    last: dict[UUID, Offer] = {one.made_by_id: one for one in sorted(dispute.offers.all(), key=lambda one: one.number)}
    return [
        {
            "by": str(one.made_by_id),
            "number": one.number,
            "refund_minor": one.refund_minor,
            "release_minor": one.release_minor,
            "status": one.status,
            "expires_at": iso(one.expires_at),
        }
        for one in sorted(last.values(), key=lambda one: one.number)
    ]


def _issues(dispute: Dispute) -> list[dict[str, Any]]:
    issues = sorted(dispute.issues.all(), key=lambda one: one.position)
    return [{"title": one.title, "status": one.status, "amount_minor": one.amount_minor} for one in issues]


def _evidence(dispute: Dispute) -> dict[str, int]:
    """How many items stand how."""
    items = sorted(dispute.evidence.all(), key=lambda one: one.number)
    return dict(Counter(one.status for one in items if one.audience == JOINT))


def _requests(dispute: Dispute) -> list[dict[str, Any]]:
    waiting = [
        one
        for one in dispute.requests.all()
        if one.answered_at is None and one.withdrawn_at is None and one.audience == JOINT
    ]
    return [
        {"of": str(one.asked_of_id), "text": one.text, "due_at": iso(one.due_at)}
        for one in sorted(waiting, key=lambda one: (one.due_at, str(one.pk)))
    ]


def _deadlines(dispute: Dispute) -> list[dict[str, Any]]:
    running = [one for one in dispute.deadlines.all() if one.ended_at is None]
    return [
        {"kind": one.kind, "who": one.who, "due_at": iso(one.due_at)}
        for one in sorted(running, key=lambda one: (one.due_at, one.pk))
    ]
