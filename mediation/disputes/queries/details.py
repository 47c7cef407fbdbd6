"""What single guards need of a case, by the names they use (`Facts.extra`).

Everything is read through `.all()`, so that a case that was loaded whole (`queries.case`) asks the database no more.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.disputes.models import CaseEntry, Dispute, Recommendation
from mediation.disputes.queries import holdings
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import State


def of(dispute: Dispute) -> dict[str, Any]:
    """All of them, read under the lock on the case."""
    parts = (_claim, _consent, _text, _mediation, _proposal, _private, _end)
    return {name: value for part in parts for name, value in part(dispute).items()}


def _claim(dispute: Dispute) -> dict[str, Any]:
    # Only a claim that comes to a mediation without one is asked which money it is about.
    held, released = ({}, {}) if dispute.has_claim else holdings.of_contract(dispute.room.contract_id)
    said = [one.body for one in dispute.statements.all() if one.author_id == dispute.filer_id]
    return {
        "problem": dispute.problem,
        "statement": said[0] if said else None,
        "amount_minor": dispute.amount_minor,
        "held": held,
        "released": released,
    }


def _consent(dispute: Dispute) -> dict[str, Any]:
    """Of which agents the parties know what ties them to one of them, and what they said to it."""
    disclosures = list(dispute.disclosures.all())
    waiting = next((one for one in disclosures if one.decided_at is None), None)
    return {
        "consented": {one.agent_id for one in disclosures if one.is_accepted},
        "declined_agents": {one.agent_id for one in disclosures if one.is_accepted is False},
        "disclosure": waiting.accepted_by if waiting else None,
    }


def _text(dispute: Dispute) -> dict[str, Any]:
    """The text that stands, and how often the time to sign it was given."""
    current = next((one for one in dispute.agreements.all() if one.void_at is None), None)
    # A line that was moved names the earlier moment; what was given anew does not.
    signing = [one for one in dispute.deadlines.all() if one.kind == Kind.SIGN.value and one.was_due_at is None]
    instructions = list(dispute.instructions.all())
    return {
        "sha256": current.sha256 if current else None,
        "sign_epochs": sum(one.set_at >= current.written_at for one in signing) if current else 0,
        "instructed": bool(instructions),
        "unconfirmed": sum(one.confirmed_at is None for one in instructions),
        "paid": any(one.batch == dispute.reopenings and one.confirmed_at is not None for one in instructions),
    }


def _mediation(dispute: Dispute) -> dict[str, Any]:
    agents: set[UUID] = set()
    declined: set[UUID | None] = set()
    if dispute.state in (State.MEDIATING.value, State.CLOSED.value):
        found = User.objects.filter(role__in=[role.value for role in MEDIATOR_ROLES], is_active=True)
        agents = set(found.values_list("pk", flat=True))
        refused = CaseEntry.objects.filter(dispute=dispute, type="dispute.decline_mediation")
        declined = set(refused.values_list("actor_id", flat=True))
    waiting = [one for one in dispute.requests.all() if one.answered_at is None and one.withdrawn_at is None]
    return {
        "agents": agents,
        "declined": frozenset(declined),
        "objection": any(one.decided_at is None for one in dispute.objections.all()),
        "evidence": {one.pk: one.submitted_by_id for one in dispute.evidence.all()},
        "requests": {one.pk: one.asked_of_id for one in waiting},
    }


def _proposal(dispute: Dispute) -> dict[str, Any]:
    every = sorted(dispute.recommendations.all(), key=lambda one: one.number)
    issued = next((one for one in reversed(every) if one.issued_at is not None), None)
    draft = next((one for one in every if one.issued_at is None), None)
    return {
        "is_low_value": dispute.is_low_value,
        "recommended": issued is not None,
        "answers": tuple(one.is_yes for one in issued.answers.all()) if issued else (),
        "recommendation": _draft(draft) if draft else None,
    }


def _draft(draft: Recommendation) -> dict[str, Any]:
    """Which issues are complete (a finding and cited evidence), and the sums."""
    prefetch_related_objects([draft], "findings__cited")
    findings = list(draft.findings.all())
    complete: set[UUID] = {one.issue_id for one in findings if one.text.strip() and one.cited.all()}
    return {
        "complete": complete,
        "refund_minor": draft.refund_minor,
        "release_minor": draft.release_minor,
        "sum_of_findings": sum(one.refund_minor for one in findings),
        "is_second_read": draft.second_read_at is not None,
    }


def _private(dispute: Dispute) -> dict[str, Any]:
    rounds = list(dispute.bid_rounds.all())
    bidding = next((one for one in rounds if one.ended_at is None), None)
    talks = [one for one in dispute.caucuses.all() if one.ended_at is None and one.declined_at is None]
    return {
        "caucus": next((one.party_id for one in talks if one.began_at is not None), None),
        "caucus_offers": frozenset(one.party_id for one in talks if one.began_at is None),
        "releases": {one.pk: one.party_id for one in dispute.releases.all() if one.decided_at is None},
        "rounds": len(rounds),
        "bidding": bidding
        and {"agreed_by": bidding.agreed_by, "bidders": {bid.bidder_id for bid in bidding.bids.all()}},
    }


def _end(dispute: Dispute) -> dict[str, Any]:
    elected = {one.party_id for one in dispute.arbitration_steps.all() if one.kind == "elected"}
    award = next((one for one in dispute.awards.all() if one.confirmed_at is None), None)
    reviews = list(dispute.reviews.all())
    return {
        "elected": elected,
        "award": award.entered_by_id if award else None,
        "closed_at": dispute.closed_at if dispute.filed_at or not dispute.has_claim else None,
        "reviews": len(reviews),
        "review_open": any(one.decided_at is None for one in reviews),
        "review_upheld": any(one.is_upheld and _is_later(one.asked_at, dispute.closed_at) for one in reviews),
    }


def _is_later(moment: datetime, than: datetime | None) -> bool:
    return than is not None and moment >= than
