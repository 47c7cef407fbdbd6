"""What single guards need of a case, by the names they use (`Facts.extra`).

Everything is read through `.all()`, so that a case that was loaded whole (`queries.case`) asks the database no more.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.disputes.models import CaseEntry, Dispute, Recommendation
from mediation.disputes.queries import claimable, conflicts, holdings, rounds
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import State

Part = Callable[[Dispute], dict[str, Any]]
_parts: dict[str, Part] = {}


def _part(*names: str) -> Callable[[Part], Part]:
    """Register a function as the one that finds these names."""

    def register(function: Part) -> Part:
        _parts.update(dict.fromkeys(names, function))
        return function

    return register


class Details(Mapping[str, Any]):
    """What a guard asks for is read when it asks, under the lock on the case: most commands need one part or none.
    `tie` is what ties the person who speaks to a party.
    """

    def __init__(self, dispute: Dispute, person: User | None, **known: Any) -> None:
        self._dispute, self._person = dispute, person
        self._found = known

    def __getitem__(self, name: str) -> Any:
        if name == "tie" and name not in self._found:
            self._found[name] = conflicts.check(self._person, self._dispute)
        elif name not in self._found:
            self._found |= _parts[name](self._dispute)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_parts.keys() | self._found.keys())

    def __len__(self) -> int:
        return len(_parts.keys() | self._found.keys())


@_part("problem", "statement", "amount_minor")
def _claim(dispute: Dispute) -> dict[str, Any]:
    said = [one.body for one in dispute.statements.all() if one.author_id == dispute.filer_id]
    return {
        "problem": dispute.problem,
        "statement": said[0] if said else None,
        "amount_minor": dispute.amount_minor,
    }


@_part("picks")
def _picks(dispute: Dispute) -> dict[str, Any]:
    """What goes with the draft, and whether it is still there."""
    picks = list(dispute.picks.all())
    prefetch_related_objects(picks, "message", "attachment__message")  # at once, unless they are here already
    return {"picks": {one.pk: one.is_there for one in picks}}


@_part("consented", "declined_agents", "disclosure")
def _consent(dispute: Dispute) -> dict[str, Any]:
    """Of which agents the parties know what ties them to one of them, and what they said to it."""
    disclosures = list(dispute.disclosures.all())
    waiting = next((one for one in disclosures if one.decided_at is None), None)
    return {
        "consented": {one.agent_id for one in disclosures if one.is_accepted},
        "declined_agents": {one.agent_id for one in disclosures if one.is_accepted is False},
        "disclosure": waiting.accepted_by if waiting else None,
    }


@_part("sha256", "sign_epochs", "instructed", "unconfirmed", "paid")
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
        "paid": any(
            one.batch == dispute.reopenings and one.confirmed_at is not None and one.kind in holdings.FINAL
            for one in instructions
        ),
    }


@_part("left")
def _left(dispute: Dispute) -> dict[str, Any]:
    """What is there of its money, for a case that is to be opened again."""
    return {"left": claimable.left_for(dispute)}


@_part("agents")
def _agents(dispute: Dispute) -> dict[str, Any]:
    """Who could take the case over."""
    found = User.objects.filter(role__in=[role.value for role in MEDIATOR_ROLES], is_active=True)
    return {"agents": set(found.values_list("pk", flat=True))}


@_part("declined", "objection", "evidence", "requests")
def _mediation(dispute: Dispute) -> dict[str, Any]:
    declined: set[UUID | None] = set()
    if dispute.state in (State.MEDIATING.value, State.CLOSED.value):
        refused = CaseEntry.objects.filter(dispute=dispute, type="dispute.decline_mediation")
        said = refused.values_list("actor_id", "content")
        declined = {person for person, content in said if content.get("reopenings", 0) == dispute.reopenings}
    objections = rounds.of(dispute.objections.all(), dispute.reopenings)
    waiting = [one for one in dispute.requests.all() if one.answered_at is None and one.withdrawn_at is None]
    return {
        "declined": frozenset(declined),
        "objection": next((one.mediator_id for one in objections if one.decided_at is None), None),
        "evidence": {one.pk: one.submitted_by_id for one in dispute.evidence.all()},
        "requests": {one.pk: one.asked_of_id for one in waiting},
    }


@_part("promises")
def _promises(dispute: Dispute) -> dict[str, Any]:
    """What was promised and is not done yet."""
    made = rounds.of(dispute.promises.all(), dispute.reopenings)
    return {"promises": {one.pk: one.due_at for one in made if one.kept_at is None}}


@_part("is_low_value", "recommended", "answers", "recommendation")
def _proposal(dispute: Dispute) -> dict[str, Any]:
    every = sorted(rounds.of(dispute.recommendations.all(), dispute.reopenings), key=lambda one: one.number)
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


@_part("caucus", "caucus_offers", "releases", "rounds", "bidding")
def _private(dispute: Dispute) -> dict[str, Any]:
    bid_rounds = rounds.of(dispute.bid_rounds.all(), dispute.reopenings)
    bidding = next((one for one in bid_rounds if one.ended_at is None), None)
    caucuses = rounds.of(dispute.caucuses.all(), dispute.reopenings)
    talks = [one for one in caucuses if one.ended_at is None and one.declined_at is None]
    return {
        "caucus": next((one.party_id for one in talks if one.began_at is not None), None),
        "caucus_offers": frozenset(one.party_id for one in talks if one.began_at is None),
        "releases": {one.pk: one.party_id for one in dispute.releases.all() if one.decided_at is None},
        "rounds": len(bid_rounds),
        "bidding": bidding
        and {"agreed_by": bidding.agreed_by, "bidders": {bid.bidder_id for bid in bidding.bids.all()}},
    }


@_part("elected", "award", "closed_at", "reviews", "review_open", "review_upheld")
def _end(dispute: Dispute) -> dict[str, Any]:
    steps = rounds.of(dispute.arbitration_steps.all(), dispute.reopenings)
    award = next((one for one in rounds.of(dispute.awards.all(), dispute.reopenings) if one.confirmed_at is None), None)
    reviews = list(dispute.reviews.all())
    return {
        "elected": {one.party_id for one in steps if one.kind == "elected"},
        "shares": {one.party_id for one in steps if one.kind == "paid"},
        "award": award.entered_by_id if award else None,
        "closed_at": dispute.closed_at if dispute.filed_at or not dispute.has_claim else None,
        "reviews": sum(_is_later(one.asked_at, dispute.closed_at) for one in reviews),
        "review_open": any(one.decided_at is None for one in reviews),
        "review_upheld": any(one.is_upheld and _is_later(one.asked_at, dispute.closed_at) for one in reviews),
    }


def _is_later(moment: datetime, than: datetime | None) -> bool:
    return than is not None and moment >= than
