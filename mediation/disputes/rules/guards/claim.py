"""Filing and answering a claim, and the default rule."""

from typing import Any

from mediation.disputes import errors
from mediation.disputes.errors_of_forms import MilestoneMissing, MoreThanPaid
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.register import guard
from mediation.disputes.rules.states import Track

NOTICES_NEEDED = 2


@guard("window_open")
def window_open(facts: Facts, payload: dict[str, Any]) -> None:
    """Received in time counts, whenever it is processed."""
    if facts.window_ends is not None and facts.now > facts.window_ends:
        raise errors.WindowOver


@guard("complete_claim")
def complete_claim(facts: Facts, payload: dict[str, Any]) -> None:
    """A reason, a statement, an amount, and what the filer wants."""
    missing = [name for name in ("problem", "statement", "amount_minor") if not facts.extra.get(name)]
    if missing:
        raise errors.Incomplete(detail={"missing": missing})


@guard("complete_attached")
def complete_attached(facts: Facts, payload: dict[str, Any]) -> None:
    """The same for a claim that comes with the command, to a mediation that began without one."""
    missing = [name for name in ("problem", "statement", "amount_minor") if not payload.get(name)]
    if missing:
        raise errors.Incomplete(detail={"missing": missing})


@guard("amount_held")
def amount_held(facts: Facts, payload: dict[str, Any]) -> None:
    """Escrow: not more than is held. The other tracks ask for money that was paid already."""
    amount = payload.get("amount_minor", facts.amount_minor)
    if facts.track is Track.ESCROW and amount > facts.held_minor:
        raise errors.MoreThanHeld(detail={"held_minor": facts.held_minor})


@guard("money_named")
def money_named(facts: Facts, payload: dict[str, Any]) -> None:
    """Of several milestones it is said which. Not more than it holds; of one that was released, not more than was paid.

    The only one whose money is held goes without saying, and so does a contract that never held any.
    """
    amount, named = payload["amount_minor"], payload.get("milestone_id")
    held, released = facts.extra["held"], facts.extra["released"]
    if not named and (len(held) > 1 or (released and not held)):
        raise MilestoneMissing
    account = f"escrow:{named}" if named else next(iter(held), None)
    if account in released and amount > released[account]:
        raise MoreThanPaid(detail={"paid_minor": released[account]})
    if account is not None and account not in released and amount > held.get(account, 0):
        raise errors.MoreThanHeld(detail={"held_minor": held.get(account, 0)})


@guard("no_other_open")
def no_other_open(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.has_other_open:
        raise errors.OtherOpen


@guard("complete_answer")
def complete_answer(facts: Facts, payload: dict[str, Any]) -> None:
    missing = [name for name in ("reason", "statement") if not payload.get(name)]
    if missing:
        raise errors.Incomplete(detail={"missing": missing})


@guard("default_rule")
def default_rule(facts: Facts, payload: dict[str, Any]) -> None:
    """Domain, section 3: the deadline is over, two notices went out on two channels, nobody declared an absence, and
    the one grace was used.
    """
    if not (facts.is_overdue and facts.grace_used):
        raise errors.TooEarly
    if facts.notices < NOTICES_NEEDED or len(facts.notice_channels) < NOTICES_NEEDED:
        raise errors.NoticesMissing(detail={"notices": facts.notices, "channels": sorted(facts.notice_channels)})
    if facts.is_absent:
        raise errors.PersonAbsent


@guard("reasoned")
def reasoned(facts: Facts, payload: dict[str, Any]) -> None:
    """Said with a reason that those concerned will read."""
    if not str(payload.get("reason", "")).strip():
        raise errors.ReasonMissing
