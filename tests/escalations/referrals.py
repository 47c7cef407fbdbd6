"""Referred cases for tests, brought on by the actions."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from mediation.core import clock
from mediation.escalations.actions import referring
from mediation.escalations.actions.referring import Referral
from mediation.escalations.actions.transition import Result, transition
from mediation.escalations.models import Case
from mediation.escalations.rules.states import Item, State
from tests.cast import Cast

# A Wednesday, 10:00 in New York: the desk is open.
OPEN_HOURS = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
# What each step of the way is said with; moments are counted from now.
WAY: dict[str, tuple[str, dict[str, Any]]] = {
    State.CLAIMED: ("claim", {}),
    State.REPLIED: ("reply", {"text": "I call her today."}),
    State.TRACKED: ("track", {"next_step": "Open the ticket", "follow_up_at": timedelta(hours=4)}),
    State.TICKETED: ("ticket", {"ticket": "4711"}),
    State.CALL_SCHEDULED: ("schedule_call", {"starts_at": timedelta(days=1), "minutes": 30}),
    State.ASSISTING: ("begin_call", {}),
    State.FOLLOWING: ("follow", {"next_step": "Ask how it went", "follow_up_at": timedelta(days=2)}),
    State.CLOSED: ("resolve", {"text": "She hired two people."}),
}


def referral(**said: Any) -> Referral:
    known = {"source": "p2p", "reason": "She looks for a team.", "name": "Nora Quist", "email": "nora@quist.test"}
    return Referral(**known | {"time_zone": "Europe/Amsterdam", "segment": "SB"} | said)


def referred(cast: Cast, *, by: User | None = None, **said: Any) -> Case:
    """A case that waits to be taken."""
    return referring.refer(user=by or cast.agent, press=uuid4(), said=referral(**said))


def say(actor: User | None, case: Case | UUID, command: str, /, **said: Any) -> Result:
    """A command; lengths of time are moments from now."""
    now = clock.now()
    moments = {name: now + one if isinstance(one, timedelta) else one for name, one in said.items()}
    key = case.pk if isinstance(case, Case) else case
    return transition(actor=actor, case_id=key, command=command, said=moments)


def brought_to(cast: Cast, state: str, **said: Any) -> Case:
    """A case of Eva's in that state."""
    case = referred(cast, **said)
    if state == State.TALENT_REFERRED:
        case = brought_to(cast, State.ASSISTING, **said)
        form = {"needs": "Ten designers", "representative": "Tom", "appointment_at": timedelta(days=3)}
        say(cast.ee, case, "refer_talent", **form)
    elif state != State.RECEIVED:
        for reached, (command, words) in WAY.items():
            if command == "follow":
                say(cast.ee, case, "check", items=list(Item))
            say(cast.ee, case, command, **words)
            if reached == state:
                break
    return Case.objects.get(pk=case.pk)
