"""What people do with a milestone: submit it, approve it or ask for changes; ask its money back and give it back. Left
alone, a submitted one is paid by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from mediation.conversations import audience as rooms
from mediation.conversations.actions import milestones
from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.core.tries import patiently
from mediation.disputes.actions import auto_release, ledger
from mediation.disputes.actions.said import was_said
from mediation.disputes.errors import ReasonMissing
from mediation.disputes.queries import milestones as queries
from mediation.disputes.queries.holdings import held_for
from mediation.disputes.queries.policies import newest_terms
from mediation.disputes.rules.milestones import WITH_WORDS, Act, check_can

Status = Milestone.Status

TOLD = {
    Act.SUBMIT: "milestone.submitted",
    Act.APPROVE: "milestone.approved",
    Act.RETURN: "milestone.returned",
    Act.ASK_BACK: "milestone.asked_back",
    Act.WITHDRAW: "milestone.ask_withdrawn",
    Act.GIVE_BACK: "milestone.given_back",
    Act.REFUSE: "milestone.refused",
}


@dataclass(frozen=True, slots=True)
class _Turn:
    """One act: the contract's money is held still, and everything was checked."""

    milestone: Milestone
    room_id: UUID
    user: User
    act: Act
    command_id: UUID
    note: str
    at: datetime

    def tell(self, line: dict[str, Any], **changes: Any) -> None:
        words = {"text": self.note} if self.act in WITH_WORDS else {}
        milestones.mark(
            milestone=self.milestone,
            room_id=self.room_id,
            type=TOLD[self.act],
            actor_id=self.user.pk,
            at=self.at,
            line={"position": self.milestone.position, "title": self.milestone.title} | words | line,
            client_id=self.command_id,
            **changes,
        )


def act(*, user: User, room_id: UUID, position: int, act: Act, command_id: UUID, note: str = "") -> None:
    """One of `rules.milestones.Act`. Said again under the same id, it has happened once.

    `note` is what everyone reads: what should change, why it is asked back, why it is not given back. Raises NotFound
    for who may not read the room, ReasonMissing, IdUsed, and what `rules.milestones.check_can` raises.
    """
    if act in WITH_WORDS and not note.strip():
        raise ReasonMissing
    patiently(lambda: _act(user, room_id, position, act, command_id, note.strip()))


def _act(user: User, room_id: UUID, position: int, act: Act, command_id: UUID, note: str) -> None:
    with transaction.atomic():
        turn = _begin(user, room_id, position, act, command_id, note)
        if turn is not None:
            _DO[act](turn)


def _submit(turn: _Turn) -> None:
    days = newest_terms().auto_release_days
    auto_release.start(turn.milestone, due_at=turn.at + timedelta(days=days))
    turn.tell({"days": days}, status=Status.SUBMITTED.value)


def _approve(turn: _Turn) -> None:
    """Everything that is held for it goes to the freelancer; to ask it back is over with that."""
    auto_release.stop(turn.milestone)
    turn.tell(_moved(turn, "approved", "freelancer"), status=Status.RELEASED.value, **_answered(turn))


def _return(turn: _Turn) -> None:
    auto_release.stop(turn.milestone)
    turn.tell({}, status=Status.FUNDED.value)


def _ask_back(turn: _Turn) -> None:
    """The time to file a claim begins now; meanwhile nothing is paid by itself."""
    auto_release.pause(turn.milestone.pk, at=turn.at)
    days = newest_terms().filing_days_escrow
    turn.tell({"days": days}, refund_asked_at=turn.at, refund_answered_at=None)


def _withdraw(turn: _Turn) -> None:
    """As if it had never been asked: what was submitted goes on with the days that were left."""
    turn.tell({}, refund_asked_at=None, refund_answered_at=None)
    auto_release.resume(turn.milestone.pk, at=turn.at)


def _give_back(turn: _Turn) -> None:
    """Everything that is held for it goes to the client, whether or not they asked."""
    auto_release.stop(turn.milestone)
    turn.tell(_moved(turn, "given", "client"), status=Status.REFUNDED.value, **_answered(turn))


def _refuse(turn: _Turn) -> None:
    """The time to file a claim goes on as it was: it began when the money was asked back."""
    turn.tell({}, refund_answered_at=turn.at)
    auto_release.resume(turn.milestone.pk, at=turn.at)


def _answered(turn: _Turn) -> dict[str, datetime]:
    return {"refund_answered_at": turn.at} if turn.milestone.is_asked_back else {}


def _moved(turn: _Turn, why: str, target: str) -> dict[str, Any]:
    """Move what is held for it; returns the sum, for the line."""
    contract, amount = turn.milestone.contract, held_for(turn.milestone)
    ledger.move(
        key=f"{why}:{turn.milestone.pk.hex}:{turn.command_id.hex}",
        contract_id=contract.pk,
        currency=contract.currency,
        amount_minor=amount,
        source=f"escrow:{turn.milestone.pk}",
        target=target,
        at=turn.at,
    )
    return {"amount_minor": amount, "currency": contract.currency}


def _begin(user: User, room_id: UUID, position: int, act: Act, command_id: UUID, note: str) -> _Turn | None:
    """Lock and check; None if exactly this was said before."""
    mine = rooms.standing(user, room_id)
    found = Milestone.objects.select_related("contract").filter(contract__room=room_id, position=position)
    known = found.first()
    if known is None:
        raise NotFound
    ledger.lock(known.contract_id)
    if was_said(user, command_id, room_id, TOLD[act], position):
        return None
    milestone = found.get()  # as it stands now that nobody moves it
    check_can(act, mine.member_role, queries.work(milestone))
    return _Turn(milestone, room_id, user, act, command_id, note, clock.now())


_DO = {
    Act.SUBMIT: _submit,
    Act.APPROVE: _approve,
    Act.RETURN: _return,
    Act.ASK_BACK: _ask_back,
    Act.WITHDRAW: _withdraw,
    Act.GIVE_BACK: _give_back,
    Act.REFUSE: _refuse,
}
