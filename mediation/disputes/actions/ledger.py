"""The embedded ledger: double entry, so that money is moved and never made. A bank's would stand behind the same
three.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from mediation.conversations.models import Contract
from mediation.disputes.errors import MoreThanHeld
from mediation.disputes.models import LedgerEntry
from mediation.disputes.queries.holdings import HOURS

OUTSIDE = ("funding", "client", "freelancer", "fees")  # accounts that stand for the world outside; they may be negative


def balance(contract_id: UUID, account: str) -> int:
    """What an account of a contract holds, in minor units."""
    entries = LedgerEntry.objects.filter(contract_id=contract_id, account=account)
    return entries.aggregate(balance=Sum("amount_minor"))["balance"] or 0


def lock(contract_id: UUID) -> None:
    """Let nobody else move this contract's money until the transaction ends: a balance read after it stays true.

    The case comes before it, a release that runs by itself and the room's thread come after it.
    """
    Contract.objects.select_for_update(no_key=True, of=("self",)).get(pk=contract_id)


@transaction.atomic
def move(
    *, key: str, contract_id: UUID, currency: str, amount_minor: int, source: str, target: str, at: datetime
) -> bool:
    """Move an amount from one account to another, once for a key; returns whether it was moved now.

    Raises MoreThanHeld where the source does not have it. Moves of one contract are one after the other.
    """
    lock(contract_id)
    if LedgerEntry.objects.filter(key=key).exists():
        return False
    if source not in OUTSIDE and balance(contract_id, source) < amount_minor:
        raise MoreThanHeld(detail={"held_minor": balance(contract_id, source)})
    LedgerEntry.objects.bulk_create(
        LedgerEntry(account=account, contract_id=contract_id, currency=currency, amount_minor=amount, key=key, at=at)
        for account, amount in ((source, -amount_minor), (target, amount_minor))
    )
    return True


def pay_hours(*, contract_id: UUID, week: date, currency: str, amount_minor: int, at: datetime) -> bool:
    """A client pays the hours of the week that began on that Monday, once; they go to the freelancer at once."""
    account = f"{HOURS}:{week.isoformat()}"
    key = f"{account}:{contract_id.hex}"
    is_new = fund(
        contract_id=contract_id, account=account, currency=currency, amount_minor=amount_minor, key=f"{key}:in", at=at
    )
    move(
        key=f"{key}:out", contract_id=contract_id, currency=currency, amount_minor=amount_minor,
        source=account, target="freelancer", at=at,
    )  # fmt: skip
    return is_new


def fund(*, contract_id: UUID, account: str, currency: str, amount_minor: int, key: str, at: datetime) -> bool:
    """A client pays into escrow."""
    return move(
        key=key, contract_id=contract_id, currency=currency, amount_minor=amount_minor,
        source="funding", target=account, at=at,
    )  # fmt: skip
