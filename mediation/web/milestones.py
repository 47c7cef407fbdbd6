"""The milestones of a room in words: how each stands, when it is paid, and what the reader can do with it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes.queries import milestones
from mediation.disputes.queries.policies import newest_terms
from mediation.disputes.rules.milestones import OF_FREELANCER, Act

# What each act is called, what follows from it, and what its words are.
ACTS: dict[str, Any] = {
    Act.SUBMIT.value: _("Submit for approval"),
    Act.APPROVE.value: _("Approve and pay"),
    Act.RETURN.value: _("Ask for changes"),
    Act.ASK_BACK.value: _("Ask for the money back"),
    Act.WITHDRAW.value: _("No longer ask for it back"),
    Act.GIVE_BACK.value: _("Give the money back"),
    Act.REFUSE.value: _("Do not give it back"),
}
FOLLOWS: dict[str, Any] = {
    Act.SUBMIT.value: _("%(name)s approves it or asks for changes. Without an answer it is paid by itself."),
    Act.APPROVE.value: _("What is held for it goes to %(name)s at once. This cannot be taken back."),
    Act.RETURN.value: _("%(name)s reads what you ask and submits it again. Nothing is paid meanwhile."),
    Act.ASK_BACK.value: _(
        "%(name)s gives it back or says why not; nothing is paid by itself meanwhile. From now on there are %(days)s "
        "days in which each of you can file a claim about it."
    ),
    Act.WITHDRAW.value: _(
        "%(name)s need not answer any more. If it was submitted, it is paid by itself after the days that were left."
    ),
    Act.GIVE_BACK.value: _("All that is held for it goes back to %(name)s at once. This cannot be taken back."),
    Act.REFUSE.value: _(
        "%(name)s reads why. The money stays held, and a claim about it can be filed until the day that the room names."
    ),
}
WORDS: dict[str, Any] = {
    Act.RETURN.value: _("What should change?"),
    Act.ASK_BACK.value: _("Why do you ask for it back?"),
    Act.REFUSE.value: _("Why do you not give it back?"),
}
GRAVE = frozenset({Act.APPROVE.value, Act.GIVE_BACK.value})  # money moves for good
QUIET = frozenset({Act.ASK_BACK.value, Act.WITHDRAW.value, Act.GIVE_BACK.value})


def of_room(user: User, room_id: UUID) -> list[dict[str, Any]]:
    """For the panel. Raises NotFound for who may not read the room."""
    now = clock.now()
    return [
        one
        | {
            "status_word": Milestone.Status(one["status"]).label,
            "due": date.fromisoformat(one["due"]) if one["due"] else None,
            "is_late": bool(one["claim_until"]) and datetime.fromisoformat(one["claim_until"]) < now,
            "acts": [{"act": act, "word": ACTS[act], "is_quiet": _is_quiet(act, one)} for act in one["can"]],
        }
        for one in milestones.of_room(user, room_id)
    ]


def parts(user: User, room_id: UUID) -> dict[str, Any]:
    """What the room's panel says of the contract and its milestones. Raises like `of_room`."""
    return {"milestones": of_room(user, room_id), "job": milestones.contract_of(user, room_id)}


def follows(act: str, name: str) -> str:
    """What comes of an act, to who is about to do it; `name` is the other side."""
    return str(FOLLOWS[act]) % {"name": name, "days": newest_terms().filing_days_escrow}


def answered_by(act: str) -> str:
    """The role of the other side of an act."""
    return "client" if act in OF_FREELANCER else "freelancer"


def _is_quiet(act: str, one: dict[str, Any]) -> bool:
    """Giving back is what one is asked for, once one is asked."""
    return act in QUIET and not (act == Act.GIVE_BACK.value and one["asked_back_at"])
