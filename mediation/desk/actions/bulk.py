"""The same for several cases, each by itself: what one refuses does not keep the others from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.functional import Promise

from accounts.models import User
from mediation.conversations.actions.rooms import notes_thread
from mediation.conversations.actions.send import Send, send_message
from mediation.core.errors import NotFound, Refused
from mediation.core.tries import patiently
from mediation.desk import audience
from mediation.desk.actions import by_hand, snoozes
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Dispute, Performed

MOST = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case: `refused` says why not, and is empty where it was done. `case` None: not there."""

    case: Dispute | None
    refused: str | Promise = ""


def assign(*, user: User, cases: Sequence[UUID], agent_id: UUID, brief: str, reason: str, press: UUID) -> list[Outcome]:
    """Give each case to an agent, whether it waits or has an owner. `press` is the same when it is said again."""

    def give(case: Dispute) -> None:
        payload = {"agent_id": agent_id, "brief": brief, "override_reason": reason}
        said = uuid5(press, str(case.pk))
        before = Performed.objects.filter(dispute=case, command_id=said).first()
        waits = "assign" if case.mediator_id is None else "reassign"
        command = before.command if before else waits
        transition(actor=user, dispute_id=case.pk, command=command, payload=payload, command_id=said)

    return _each(user, cases, give)


def snooze(*, user: User, cases: Sequence[UUID], until: datetime | None, on_word: bool) -> list[Outcome]:
    """Lay each case aside, as far as they are the agent's own."""
    return _each_patiently(
        user, cases, lambda case: snoozes.snooze(user=user, dispute_id=case.pk, until=until, on_word=on_word)
    )


def note(*, user: User, cases: Sequence[UUID], text: str, press: UUID) -> list[Outcome]:
    """Write the same note of staff into each case's room; said again with the same `press`, it is the same note."""

    def write(case: Dispute) -> None:
        notes = notes_thread(case.room_id)
        send_message(Send(user.pk, notes.pk, uuid5(press, str(case.pk)), text))

    return _each_patiently(user, cases, write)


def tag(*, user: User, cases: Sequence[UUID], words: str) -> list[Outcome]:
    """Put the words on each case, beside those it has. Raises BadTags for what are none."""
    names = by_hand.read_tags(words)
    return _each_patiently(user, cases, lambda case: by_hand.add_tags(user=user, dispute_id=case.pk, names=names))


def untag(*, user: User, cases: Sequence[UUID], words: str) -> list[Outcome]:
    """Take the words off each case that has them. Raises BadTags for what are none."""
    names = by_hand.read_tags(words)
    return _each_patiently(user, cases, lambda case: by_hand.remove_tags(user=user, dispute_id=case.pk, names=names))


def prioritise(*, user: User, cases: Sequence[UUID], priority: str) -> list[Outcome]:
    """Give each case the priority, or with an empty one that of its money. Raises BadPriority."""
    by_hand.check_priority(priority)
    return _each_patiently(
        user, cases, lambda case: by_hand.set_priority(user=user, dispute_id=case.pk, priority=priority)
    )


def _each_patiently(user: User, cases: Sequence[UUID], act: Callable[[Dispute], object]) -> list[Outcome]:
    """What has no patience of its own: the lock that one case does not win is that case's refusal."""
    return _each(user, cases, lambda case: patiently(lambda: act(case)))


def _each(user: User, cases: Sequence[UUID], act: Callable[[Dispute], object]) -> list[Outcome]:
    return [_one(user, key, act) for key in list(dict.fromkeys(cases))[:MOST]]


def _one(user: User, key: UUID, act: Callable[[Dispute], object]) -> Outcome:
    try:
        case = audience.row_of(user, key).dispute
    except NotFound as gone:
        return Outcome(None, gone.message)
    try:
        act(case)
    except Refused as refused:
        return Outcome(case, refused.message)
    return Outcome(case)
