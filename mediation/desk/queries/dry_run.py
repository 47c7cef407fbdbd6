"""What a trigger would have done with the newest events. Nothing is written, and nobody is told.

The event, its author and its state are those of that moment; what the case is besides is as it is now.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mediation.desk.models import Handling
from mediation.desk.queries.rows import on_desk
from mediation.desk.queries.rule_facts import CaseFacts
from mediation.desk.queries.scenes import Scene, scene_of
from mediation.desk.rules.conditions.fields import HAPPENINGS
from mediation.desk.rules.conditions.judging import Judgement, judge
from mediation.desk.rules.conditions.reading import Conditions
from mediation.disputes.models import Dispute
from mediation.events.models import Event

NEWEST = 100
MOST_READ = 400  # of those some were said in private, or are about no case


@dataclass(frozen=True, slots=True)
class Tried:
    """An event and what the conditions make of it."""

    happening: str
    at: datetime
    case: Dispute
    judgement: Judgement


def dry_run(conditions: Conditions) -> list[Tried]:
    """For the newest events that triggers hear, the newest first."""
    found: list[Tried] = []
    newest = Event.objects.filter(type__in=HAPPENINGS).order_by("-pk")[:MOST_READ]
    for event in newest:
        if len(found) == NEWEST:
            break
        found += _tried(event, conditions)
    return found


def _tried(event: Event, conditions: Conditions) -> Iterator[Tried]:
    scene = scene_of(event)
    handling = _handling(scene) if scene else None
    if scene is None or handling is None:
        return
    handling.known = _then(scene)
    facts = CaseFacts(handling, event.at, scene)
    yield Tried(event.type, event.at, handling.dispute, judge(conditions, facts, facts.before(scene)))


def _handling(scene: Scene) -> Handling | None:
    about = on_desk().filter(room=scene.event.stream_id, created_at__lte=scene.event.at).order_by("-created_at")
    case = scene.event.data.get("dispute") or about.values_list("pk", flat=True).first()
    found = Handling.objects.select_related("dispute__mediator", "dispute__filer", "dispute__respondent")
    return found.select_related("dispute__policy", "dispute__room__contract").filter(pk=case).first() if case else None


def _then(scene: Scene) -> dict[str, Any]:
    """State and phase as the command before this event left them."""
    earlier = Event.objects.filter(stream_id=scene.event.stream_id, type__startswith="dispute.", pk__lt=scene.event.pk)
    last = earlier.order_by("-pk").values_list("data", flat=True).first()
    return {"state": last["state"], "phase": last["phase"] or None} if last else {}
