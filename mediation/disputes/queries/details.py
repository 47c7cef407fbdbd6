"""What single guards need of a case, by the names they use (`Facts.extra`)."""

from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.disputes.models import CaseEntry, Dispute, Recommendation
from mediation.disputes.rules.deadlines import Kind


def of(dispute: Dispute) -> dict[str, Any]:
    """All of them, read under the lock on the case."""
    parts = (_claim, _text, _mediation, _proposal, _private, _end)
    return {name: value for part in parts for name, value in part(dispute).items()}


def _claim(dispute: Dispute) -> dict[str, Any]:
    statement = dispute.statements.filter(author=dispute.filer_id).values_list("body", flat=True).first()
    return {"problem": dispute.problem, "statement": statement, "amount_minor": dispute.amount_minor}


def _text(dispute: Dispute) -> dict[str, Any]:
    """The text that stands, and how often the time to sign it was given."""
    current = dispute.agreements.filter(void_at__isnull=True).values_list("sha256", "written_at").first()
    signing = dispute.deadlines.filter(kind=Kind.SIGN.value, is_extension=False)
    return {
        "sha256": current[0] if current else None,
        "sign_epochs": signing.filter(set_at__gte=current[1]).count() if current else 0,
        "unconfirmed": dispute.instructions.filter(confirmed_at__isnull=True).count(),
    }


def _mediation(dispute: Dispute) -> dict[str, Any]:
    agents = User.objects.filter(role__in=[role.value for role in MEDIATOR_ROLES], is_active=True)
    declined = CaseEntry.objects.filter(dispute=dispute, type="dispute.decline_mediation")
    waiting = dispute.requests.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
    return {
        "agents": set(agents.values_list("pk", flat=True)),
        "declined": frozenset(declined.values_list("actor_id", flat=True)),
        "objection": dispute.objections.filter(decided_at__isnull=True).exists(),
        "evidence": dict(dispute.evidence.values_list("pk", "submitted_by")),
        "requests": dict(waiting.values_list("pk", "asked_of")),
    }


def _proposal(dispute: Dispute) -> dict[str, Any]:
    issued = dispute.recommendations.filter(issued_at__isnull=False).order_by("-number").first()
    draft = dispute.recommendations.filter(issued_at__isnull=True).first()
    return {
        "recommended": issued is not None,
        "answers": tuple(issued.answers.values_list("is_yes", flat=True)) if issued else (),
        "recommendation": _draft(draft) if draft else None,
    }


def _draft(draft: Recommendation) -> dict[str, Any]:
    """Which issues are complete (a finding and cited evidence), and the sums."""
    findings = list(draft.findings.prefetch_related("cited"))
    complete: set[UUID] = {one.issue_id for one in findings if one.text.strip() and one.cited.all()}
    return {
        "complete": complete,
        "refund_minor": draft.refund_minor,
        "release_minor": draft.release_minor,
        "sum_of_findings": sum(one.refund_minor for one in findings),
        "is_second_read": draft.second_read_at is not None,
    }


def _private(dispute: Dispute) -> dict[str, Any]:
    bidding = dispute.bid_rounds.filter(ended_at__isnull=True).first()
    return {
        "releases": dict(dispute.releases.filter(decided_at__isnull=True).values_list("pk", "party")),
        "rounds": dispute.bid_rounds.count(),
        "bidding": bidding
        and {"agreed_by": bidding.agreed_by, "bidders": set(bidding.bids.values_list("bidder", flat=True))},
    }


def _end(dispute: Dispute) -> dict[str, Any]:
    elected = dispute.arbitration_steps.filter(kind="elected")
    award = dispute.awards.filter(confirmed_at__isnull=True).first()
    return {
        "elected": set(elected.values_list("party", flat=True)),
        "award": award.entered_by_id if award else None,
        "closed_at": dispute.closed_at,
        "reviews": dispute.reviews.count(),
        "review_open": dispute.reviews.filter(decided_at__isnull=True).exists(),
        "review_upheld": dispute.reviews.filter(is_upheld=True).exists(),
    }
