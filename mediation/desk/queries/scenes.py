"""An event as a trigger hears it. What was said or told in private is left out at this door."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from mediation.conversations.models import Message, Thread
from mediation.desk.event_types import ACTED, BY_HAND
from mediation.events.models import Event

HEARD = (Thread.Audience.JOINT.value, Thread.Audience.INTERNAL.value)
MESSAGE = "message.sent"
ASKS = ("dispute.level_up", "dispute.raise_level")


@dataclass(frozen=True, slots=True)
class Scene:
    """An event as a trigger hears it. `audience` is its thread's, and never a private one."""

    event: Event
    audience: str
    actor: User | None

    @property
    def state(self) -> Mapping[str, str | None]:
        """What a command of the workflow left the case in."""
        is_command = self.event.type.startswith("dispute.")
        return {name: self.event.data[name] or None for name in ("state", "phase")} if is_command else {}

    @property
    def level_asked(self) -> int | None:
        """Which level it asks for: others may have been asked for since, or this one reached."""
        if self.event.type not in ASKS:
            return None
        lines = Message.objects.filter(thread=self.event.topic_id, seq=self.event.target_seq or 0)
        return next((said["level"] for said in lines.values_list("params", flat=True)), None)

    @property
    def handled(self) -> Mapping[str, Any]:
        """What somebody, or a rule, at the desk left it as: others may have changed it again since."""
        said = self.event.data.get("after", {}) if self.event.type in (ACTED, *BY_HAND) else {}
        return said | ({"tags": frozenset(said["tags"] or ())} if said else {})


def scene_of(event: Event) -> Scene | None:
    """None for whatever was said or told in private: no rule ever hears of it."""
    audience = Thread.objects.filter(pk=event.topic_id).values_list("audience", flat=True).first()
    if audience not in HEARD:
        return None
    actor = User.objects.filter(pk=event.actor_id).first() if event.actor_id else None
    return Scene(event, audience, actor)
