"""Money that a claim can be about: held for a milestone, or paid for it; and when last week's hours can be."""

from datetime import datetime, timedelta

from mediation.conversations.models import Contract, Milestone
from mediation.core import clock
from mediation.disputes.actions import ledger

FRIDAY = 4


def held_milestone(contract: Contract, amount_minor: int, position: int = 1) -> Milestone:
    """A new one, with its money in escrow."""
    made = Milestone.objects.create(
        contract=contract, position=position, title=f"Part {position}", amount_minor=amount_minor, status="funded"
    )
    held(made)
    return made


def held(milestone: Milestone) -> None:
    """Its money comes into escrow, once."""
    ledger.fund(
        contract_id=milestone.contract_id, account=f"escrow:{milestone.pk}", currency="USD",
        amount_minor=milestone.amount_minor, key=f"fund:{milestone.pk}", at=clock.now(),
    )  # fmt: skip


def paid(milestone: Milestone) -> None:
    """What is held for it goes to the freelancer, once."""
    ledger.move(
        key=f"paid:{milestone.pk}", contract_id=milestone.contract_id, currency="USD",
        amount_minor=milestone.amount_minor, source=f"escrow:{milestone.pk}", target="freelancer", at=clock.now(),
    )  # fmt: skip
    Milestone.objects.filter(pk=milestone.pk).update(status=Milestone.Status.RELEASED.value)


def on_a_weekday() -> datetime:
    """Now, or on a weekend the Friday before: until then last week's hours can be claimed about."""
    now = clock.now()
    return now - timedelta(days=max(now.weekday() - FRIDAY, 0))
