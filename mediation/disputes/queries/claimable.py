"""The money of a contract as the ledger has it: what is held for each milestone, what was paid for it or for a week.

Only what is in one currency counts: that of the claim.
"""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from mediation.conversations import models as rooms
from mediation.disputes.models import Dispute, LedgerEntry, Outage
from mediation.disputes.queries import openings
from mediation.disputes.queries.holdings import ESCROW, FROZEN, HOURS, SHARES
from mediation.disputes.queries.holdings import held as held_for_case
from mediation.disputes.rules.claimable import Contract, Held, Paid
from mediation.disputes.rules.reopening import Left

Name = tuple[UUID | None, date | None]  # a milestone or a week
Moves = dict[str, dict[str, tuple[int, datetime]]]  # by key, then by account
SIDES = {"client", "freelancer"}


def of_contract(contract: rooms.Contract, currency: str) -> Contract:
    """In four queries; a fifth where money that was paid has come back, a sixth where a case was opened again."""
    moves = _moves(contract, currency)
    milestones = list(rooms.Milestone.objects.filter(contract=contract.pk).order_by("position"))
    held: dict[str, int] = defaultdict(int)
    for accounts in moves.values():
        for account, (amount, _at) in accounts.items():
            held[account] += amount
    return Contract(
        is_hourly=contract.kind == rooms.Contract.Kind.HOURLY.value,
        held=tuple(
            Held(one.pk, held[f"{ESCROW}:{one.pk}"], _asked_back(contract, one))
            for one in milestones
            if held[f"{ESCROW}:{one.pk}"] > 0
        ),
        paid=_paid(moves, [one.pk for one in milestones]),
        outages=tuple(Outage.objects.order_by("began_at").values_list("began_at", "ended_at")),
        cases=_cases(contract),
    )


def _cases(contract: rooms.Contract) -> tuple[tuple[datetime, datetime | None], ...]:
    """When a case of the room was open, so that no other could be filed."""
    opened = openings.of(Dispute.objects.filter(room__contract=contract.pk))
    return tuple((one.since, one.until) for one in opened)


def left_for(dispute: Dispute) -> Left:
    """What is there for a case now, and what it has moved itself. With the contract's money locked it stays true.

    A case that divided what was frozen for it has its own: what it gave to each side. Every other one shares what was
    paid for its milestone or week with the other cases about it.
    """
    moves = _moves(dispute.room.contract, dispute.currency)
    own = [accounts for key, accounts in moves.items() if _case(key) == dispute.pk.hex and _is_of_amount(accounts)]
    is_divided = dispute.pk.hex in _divided(moves)
    paid, _latest = _paid_in(moves)
    return Left(
        held_minor=held_for_case(dispute),
        paid_minor=_sum(own, "freelancer") if is_divided else paid[dispute.milestone_id, dispute.week_starts],
        brought_back_minor=_sum(own, "client"),
        is_divided=is_divided,
    )


def _moves(contract: rooms.Contract, currency: str) -> Moves:
    entries = LedgerEntry.objects.filter(contract_id=contract.pk, currency=currency)
    found: Moves = defaultdict(dict)
    for key, account, amount, at in entries.values_list("key", "account", "amount_minor", "at"):
        found[key][account] = (amount, at)
    return found


def _asked_back(contract: rooms.Contract, milestone: rooms.Milestone) -> datetime | None:
    """Whichever came last: each of them gives the time to file anew."""
    return max(filter(None, (contract.ended_at, milestone.refund_asked_at)), default=None)


def _paid(moves: Moves, milestones: list[UUID]) -> tuple[Paid, ...]:
    """What `_paid_in` found, with its latest moment, in the order of the milestones and weeks."""
    sums, latest = _paid_in(moves)
    order = {pk: position for position, pk in enumerate(milestones)}
    names = sorted(latest, key=lambda name: (order.get(name[0], -1) if name[0] else -1, name[1] or date.min))
    return tuple(Paid(sums[name], latest[name], *name) for name in names if sums[name] > 0)


def _paid_in(moves: Moves) -> tuple[dict[Name, int], dict[Name, datetime]]:
    """What went from escrow, or for a week's hours, to the freelancer, less what cases have brought back; and when."""
    sums: dict[Name, int] = defaultdict(int)
    latest: dict[Name, datetime] = {}
    for accounts in moves.values():
        amount, at = accounts.get("freelancer", (0, None))
        name = next((_name(account) for account in accounts if account.startswith((ESCROW, HOURS))), None)
        if amount > 0 and at is not None and name not in (None, (None, None)):
            sums[name] += amount
            latest[name] = max(at, latest.get(name, at))
    for name, amount in _brought_back(moves).items():
        sums[name] -= amount
    return sums, latest


def _brought_back(moves: Moves) -> dict[Name, int]:
    """Between the client and the freelancer only cases move money; their key begins with the case. What a case changes
    of its own division is not of what was paid.
    """
    sums: dict[UUID, int] = defaultdict(int)
    divided = _divided(moves)
    for key, accounts in moves.items():
        if set(accounts) == SIDES and _case(key) not in divided:
            sums[UUID(_case(key))] += accounts["client"][0]
    found: dict[Name, int] = defaultdict(int)
    if sums:
        for pk, milestone, week in Dispute.objects.filter(pk__in=sums).values_list("pk", "milestone", "week_starts"):
            found[milestone, week] += sums[pk]
    return found


def _divided(moves: Moves) -> set[str]:
    """The cases, in hex, that paid out what was frozen for them."""
    return {
        account.removeprefix(f"{FROZEN}:")
        for accounts in moves.values()
        if SIDES & accounts.keys()
        for account in accounts
        if account.startswith(f"{FROZEN}:")
    }


def _is_of_amount(accounts: dict[str, tuple[int, datetime]]) -> bool:
    """Not of a share of an arbitration, which a party pays beside it."""
    return not any(account.startswith(SHARES) for account in accounts)


def _case(key: str) -> str:
    return key.partition(":")[0]


def _sum(moves: list[dict[str, tuple[int, datetime]]], account: str) -> int:
    return sum(accounts[account][0] for accounts in moves if account in accounts)


def _name(account: str) -> Name:
    kind, _colon, name = account.partition(":")
    if not name:
        return None, None
    return (UUID(name), None) if kind == ESCROW else (None, date.fromisoformat(name))
