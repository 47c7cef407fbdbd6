"""What people at the desk say of a case: its priority and its tags. It is told among the staff's notes, where triggers
hear it; said twice, the second time changes and tells nothing.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from mediation.conversations.actions.append import append
from mediation.conversations.actions.rooms import notes_thread
from mediation.core import clock
from mediation.core.errors import Forbidden
from mediation.desk import audience
from mediation.desk.actions import handling as handlings
from mediation.desk.actions import rows
from mediation.desk.errors import BadPriority, BadTags
from mediation.desk.event_types import PRIORITISED, TAGGED, UNTAGGED
from mediation.desk.models import CaseTag, Handling
from mediation.desk.queries.rule_facts import CaseFacts
from mediation.desk.rules.conditions.reading import TAG, tags
from mediation.sla.actions.policies import follow_case
from mediation.sla.rules.policies import Priority

MOST_TAGS = 10
AS_THE_MONEY = ""  # no priority of its own


def check_priority(priority: str) -> None:
    """Raises BadPriority."""
    if priority != AS_THE_MONEY and priority not in set(Priority):
        raise BadPriority


def read_tags(words: str) -> list[str]:
    """Words with spaces between them. Raises BadTags for what are none, or too many."""
    names = tags(words)
    if not names or len(names) > MOST_TAGS or not all(TAG.fullmatch(name) for name in names):
        raise BadTags
    return list(dict.fromkeys(names))


@transaction.atomic
def set_priority(*, user: User, dispute_id: UUID, priority: str) -> bool:
    """Give a case a priority, or the one of its money again; its clocks follow. Whether anything changed. Raises
    NotFound, Forbidden, BadPriority.
    """
    check_priority(priority)
    facts, before = _opened(user, dispute_id)
    handling = facts.handling
    if handling.priority == priority:
        return False
    handling.priority = priority
    handling.save(update_fields=["priority"])
    _tell(facts, before, PRIORITISED, user, {})
    follow_case(dispute=handling.dispute)
    rows.refresh([handling.pk])
    return True


@transaction.atomic
def add_tags(*, user: User, dispute_id: UUID, names: Collection[str]) -> bool:
    """Put tags on a case beside those it has; whether any was new. Raises NotFound, Forbidden."""
    facts, before = _opened(user, dispute_id)
    new = sorted(set(names) - facts["tags"])
    if not new:
        return False
    CaseTag.objects.bulk_create([CaseTag(dispute=facts.case, name=name) for name in new], ignore_conflicts=True)
    _tell(facts, before, TAGGED, user, _named(new))
    return True


@transaction.atomic
def remove_tags(*, user: User, dispute_id: UUID, names: Collection[str]) -> bool:
    """Take tags off a case; whether any was there. Raises NotFound, Forbidden."""
    facts, before = _opened(user, dispute_id)
    gone = sorted(facts["tags"].intersection(names))
    if not gone:
        return False
    CaseTag.objects.filter(dispute=facts.case, name__in=gone).delete()
    _tell(facts, before, UNTAGGED, user, _named(gone))
    return True


def _opened(user: User, dispute_id: UUID) -> tuple[CaseFacts, dict[str, Any]]:
    """The desk's part of the case, locked, and what it says before the change. Raises NotFound, Forbidden."""
    case = audience.row_of(user, dispute_id).dispute
    if not audience.may_handle(user):
        raise Forbidden
    now = clock.now()
    facts = CaseFacts(handlings.locked(case, now), now)
    return facts, facts.handled()


def _named(names: Collection[str]) -> dict[str, Any]:
    return {"tags": " ".join(f"#{name}" for name in names)}


def _tell(facts: CaseFacts, before: Mapping[str, Any], type: str, user: User, line: dict[str, Any]) -> None:
    handling: Handling = facts.handling
    handlings.know(facts)
    data = {"dispute": str(handling.pk), "before": before, "after": facts.handled()}
    thread = notes_thread(handling.dispute.room_id)
    append(thread=thread, type=type, actor_id=user.pk, at=clock.now(), data=data, line=line)
