"""The milestones of a contract with their money: how each stands, when it is paid by itself, until when there can be a
claim about it, and what one can do.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from mediation.conversations import audience as rooms
from mediation.conversations import snapshots
from mediation.conversations.audience import Person
from mediation.conversations.models import Contract, Milestone
from mediation.core import clock
from mediation.core.clock import iso
from mediation.disputes.models import AutoRelease, Dispute
from mediation.disputes.queries import holdings
from mediation.disputes.queries.claimable import of_contract
from mediation.disputes.queries.facts import OPEN_STATES
from mediation.disputes.queries.policies import newest_terms
from mediation.disputes.rules import milestones as rules
from mediation.disputes.rules.claimable import claimable
from mediation.disputes.rules.states import Track

OVER = (Milestone.Status.RELEASED.value, Milestone.Status.REFUNDED.value)


def of_room(person: Person, room_id: UUID) -> list[dict[str, Any]]:
    """In their order, as plain JSON-able values; `can` are the reader's acts. Raises NotFound for an outsider."""
    mine = rooms.standing(person, room_id)
    found = list(Milestone.objects.filter(contract__room=room_id).select_related("contract").order_by("position"))
    releases = {one.milestone_id: one for one in AutoRelease.objects.filter(milestone__in=found)}
    held = holdings.in_escrow(found[0].contract_id) if found else {}
    disputed = set(_open_cases().filter(room=room_id).values_list("milestone", flat=True))  # None: about none of them
    again = _ask_again(found)
    is_limited = found and (found[0].contract.ended_at or any(one.refund_asked_at for one in found))
    until, now = claim_until(found[0].contract) if is_limited else {}, clock.now()
    # What is left of it is given back when the case of the room is over: until then there is no moment to name.
    still = {pk for pk, at in until.items() if disputed and at > now}
    return [
        _row(one, releases.get(one.pk), held.get(f"escrow:{one.pk}", 0))
        | {
            "claim_until": iso(until[one.pk]) if one.pk in until and one.pk not in still else None,
            "is_claim_time_still": one.pk in still,
            "ask_again_at": iso(again[one.pk]) if one.pk in again else None,
            "is_in_case": one.pk in disputed,
            "can": _can(mine.member_role, _work(one, held, one.pk in disputed, one.pk in again)),
        }
        for one in found
    ]


def contract_of(person: Person, room_id: UUID) -> dict[str, Any]:
    """When the room's contract began and ended, and whether the reader can end it. Raises NotFound for an outsider."""
    mine = rooms.standing(person, room_id)
    contract = Contract.objects.get(room=room_id)
    return {
        "title": contract.title,
        "started_at": iso(contract.started_at),
        "ended_at": iso(contract.ended_at) if contract.ended_at else None,
        "can_end": rules.can_end(mine.member_role, is_ended=_is_ended(contract)),
    }


def work(milestone: Milestone) -> rules.Work:
    """How a milestone stands, read while its contract's money is held still."""
    is_in_case = _open_cases().filter(milestone=milestone).exists()
    held = {f"escrow:{milestone.pk}": holdings.held_for(milestone)}
    return _work(milestone, held, is_in_case, milestone.pk in _ask_again([milestone]))


def _can(role: str | None, work: rules.Work) -> list[str]:
    return [act.value for act in rules.Act if rules.can(act, role, work)]


def _row(one: Milestone, release: AutoRelease | None, held_minor: int) -> dict[str, Any]:
    runs = release is not None and release.due_at is not None and one.status == Milestone.Status.SUBMITTED.value
    return snapshots.milestone(one) | {
        "held_minor": held_minor,
        "currency": one.contract.currency,
        "releases_at": iso(release.due_at) if runs and release and release.due_at else None,
    }


def _work(one: Milestone, held: dict[str, int], is_in_case: bool, is_refused: bool) -> rules.Work:
    return rules.Work(
        is_submitted=one.status == Milestone.Status.SUBMITTED.value,
        held_minor=held.get(f"escrow:{one.pk}", 0),
        is_in_case=is_in_case,
        is_asked_back=one.is_asked_back,
        is_refused=is_refused,
        is_ended=_is_ended(one.contract),
    )


def _ask_again(found: Iterable[Milestone]) -> dict[UUID, datetime]:
    """From when what was refused, and is still held, can be asked back again; only what has to wait. The policy is
    asked only where there is anything.
    """
    refused = [one for one in found if one.refund_asked_at and one.refund_answered_at and one.status not in OVER]
    if not refused:
        return {}
    days, now = newest_terms().ask_again_days, clock.now()
    again = {one.pk: rules.ask_again_from(one.refund_answered_at, days) for one in refused if one.refund_answered_at}
    return {pk: at for pk, at in again.items() if now < at}


def _is_ended(contract: Contract) -> bool:
    return contract.status == Contract.Status.ENDED.value


def claim_until(contract: Contract) -> dict[UUID, datetime]:
    """Until when a claim can be filed about what is held for a milestone; those that nothing limits are left out."""
    money = of_contract(contract, contract.currency)
    every = claimable(money, clock.now(), newest_terms())
    return {one.milestone: one.ends_at for one in every if one.track is Track.ESCROW and one.milestone and one.ends_at}


def _open_cases() -> Any:
    return Dispute.objects.filter(state__in=OPEN_STATES)
