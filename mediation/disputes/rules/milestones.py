"""Who may submit a milestone, approve it, ask it back or give it back, and when; and who may end a contract. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mediation.core.errors import Refused
from mediation.disputes import errors


class Act(StrEnum):
    """What a party does with a milestone."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"  # ask for changes
    ASK_BACK = "ask_back"
    WITHDRAW = "withdraw"  # no longer ask it back
    GIVE_BACK = "give_back"
    REFUSE = "refuse"  # not give it back


OF_FREELANCER = frozenset({Act.SUBMIT, Act.GIVE_BACK, Act.REFUSE})
WITH_WORDS = frozenset({Act.RETURN, Act.ASK_BACK, Act.REFUSE})  # said with a sentence that both read
ANSWERS_ASKING = frozenset({Act.WITHDRAW, Act.REFUSE})
PARTIES = ("client", "freelancer")


@dataclass(frozen=True, slots=True)
class Work:
    """A milestone at this moment. `held_minor` is what the ledger holds for it, in minor units; `is_asked_back`: the
    client waits for an answer; `is_refused`: the freelancer has said no so lately that it cannot be asked again;
    `is_ended`: its contract is over.
    """

    is_submitted: bool
    held_minor: int
    is_in_case: bool
    is_asked_back: bool = False
    is_refused: bool = False
    is_ended: bool = False


def check_can(act: Act, role: str | None, work: Work) -> None:
    """Raises what stands against it: somebody else's act, a case about it, no money, or how it stands. That the room
    is read only does not: these are acts on the contract, with the words they need (decisions/0018).
    """
    if act in OF_FREELANCER and role != "freelancer":
        raise errors.FreelancersAct
    if act not in OF_FREELANCER and role != "client":
        raise errors.ClientsAct
    if work.is_in_case:
        raise errors.MilestoneInCase
    if not work.held_minor:
        raise errors.NothingHeld
    if act is Act.SUBMIT:
        _check_submit(work)
    elif act in (Act.APPROVE, Act.RETURN):
        _check_answer(act, work)
    elif act is Act.ASK_BACK:
        _check_ask_back(work)
    elif act in ANSWERS_ASKING and not work.is_asked_back:
        raise errors.NotAskedBack


def _check_ask_back(work: Work) -> None:
    """One at a time; and after a no the next way is a claim, not the same question."""
    if work.is_asked_back:
        raise errors.AskedBackAlready
    if work.is_refused:
        raise errors.RefusedLately


def ask_again_from(refused_at: datetime, days: int) -> datetime:
    """When money can be asked back again that was not given back."""
    return refused_at + timedelta(days=days)


def _check_submit(work: Work) -> None:
    if work.is_ended:
        raise errors.ContractOver
    if work.is_submitted:
        raise errors.SubmittedAlready
    if work.is_asked_back:
        raise errors.AnswerFirst


def _check_answer(act: Act, work: Work) -> None:
    """After the end a client can still pay what nobody submitted; changes would come to nothing."""
    if act is Act.RETURN and work.is_ended:
        raise errors.ContractOver
    if not work.is_submitted and not (act is Act.APPROVE and work.is_ended):
        raise errors.NotSubmitted
    if act is Act.RETURN and work.is_asked_back:
        raise errors.TakeBackFirst


def can(act: Act, role: str | None, work: Work) -> bool:
    """Whether it can be done now."""
    try:
        check_can(act, role, work)
    except Refused:
        return False
    return True


def check_can_end(role: str | None, *, is_ended: bool) -> None:
    """Either side, once, with words for the room (decisions/0019). Raises PartiesAct, EndedAlready."""
    if role not in PARTIES:
        raise errors.PartiesAct
    if is_ended:
        raise errors.EndedAlready


def can_end(role: str | None, *, is_ended: bool) -> bool:
    """Whether this side can end it now."""
    return role in PARTIES and not is_ended
