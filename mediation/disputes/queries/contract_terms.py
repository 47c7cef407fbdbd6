"""What can be quoted from a contract: what it is about as a whole, and each of its milestones."""

from typing import NamedTuple
from uuid import UUID

from mediation.conversations.models import Contract, Milestone
from mediation.disputes.rules.contract_terms import FIXED, HOURLY, MILESTONE, Term


class Quotable(NamedTuple):
    """A term by the id of what it is about, and that one's own title."""

    id: UUID
    title: str
    term: Term


def of(contract: Contract) -> list[Quotable]:
    """The contract first, then its milestones in their order."""
    return [_whole(contract), *(_milestone(contract, one) for one in contract.milestones.order_by("position"))]


def named(contract: Contract, id_: UUID) -> Quotable | None:
    """The one with that id; None where the contract has no such part."""
    return next((one for one in of(contract) if one.id == id_), None)


def _whole(contract: Contract) -> Quotable:
    said = {"title": contract.title, "currency": contract.currency}
    if contract.kind == Contract.Kind.HOURLY.value:
        hours = {"rate_minor": contract.hourly_rate_minor, "weekly_hours": contract.weekly_limit_hours}
        return Quotable(contract.pk, contract.title, {"code": HOURLY, "params": said | hours})
    price = {"amount_minor": contract.amount_minor}
    return Quotable(contract.pk, contract.title, {"code": FIXED, "params": said | price})


def _milestone(contract: Contract, one: Milestone) -> Quotable:
    params = {
        "number": one.position,
        "title": one.title,
        "amount_minor": one.amount_minor,
        "currency": contract.currency,
        "due_date": one.due_date.isoformat() if one.due_date else None,
    }
    return Quotable(one.pk, one.title, {"code": MILESTONE, "params": params})
