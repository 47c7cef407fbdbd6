"""What webhooks are told: ids, states and what both parties know. No text of anybody, and nothing of a private talk.

{"id": …, "happening": "dispute.file", "at": …, "rule": null,
 "dispute": {"id", "number", "room_id", "state", "phase", "track", "outcome", "priority", "version"}}
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from mediation.conversations.models import Thread
from mediation.core.clock import iso
from mediation.desk.queries.rule_facts import CaseFacts
from mediation.desk.queries.scenes import Scene
from mediation.desk.rules.conditions.fields import HAPPENINGS
from mediation.disputes.rules.table import TABLE

JOINT = Thread.Audience.JOINT.value
# What both parties read of is told; what only staff hear of (clocks, rules, levels) is not, whoever asks for it.
_OF_STAFF = {f"dispute.{line.command}" for line in TABLE if line.told == "staff"}
TOLD = tuple(name for name in HAPPENINGS if name.startswith(("dispute.", "message.")) and name not in _OF_STAFF)


def told_as(scene: Scene | None) -> str:
    """What an event is called outside; empty for what only staff hear of, and where there was none."""
    is_told = scene is not None and scene.audience == JOINT and scene.event.type in TOLD
    return scene.event.type if scene and is_told else ""


def body(delivery_id: UUID, facts: CaseFacts, scene: Scene | None, at: datetime, rule_id: str | None) -> str:
    """As it is sent, byte for byte."""
    case = facts.case
    said: dict[str, Any] = {
        "id": str(delivery_id),
        "happening": told_as(scene) or None,
        "at": iso(at),
        "rule": rule_id,
        "dispute": {
            "id": str(case.pk),
            "number": case.number,
            "room_id": str(case.room_id),
            "state": facts["state"],
            "phase": facts["phase"],
            "track": facts["track"],
            "outcome": facts["outcome"],
            "priority": facts["priority"],
            "version": scene.event.data.get("version", case.version) if scene else case.version,
        },
    }
    return json.dumps(said, ensure_ascii=True, separators=(",", ":"))
