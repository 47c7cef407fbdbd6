"""Doing what a rule says to the desk's part of a case. Said twice, the second time changes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Team, User
from mediation.conversations.actions.append import append, joint_thread
from mediation.conversations.actions.rooms import notes_thread
from mediation.core import clock
from mediation.desk.actions import rows
from mediation.desk.actions.handling import know
from mediation.desk.actions.webhooks import tell_of_rule
from mediation.desk.event_types import ACTED, NOTED
from mediation.desk.models import CaseTag, Handling, RuleMail
from mediation.desk.queries.rule_facts import CaseFacts
from mediation.desk.queries.rule_people import to_be_told
from mediation.desk.rules.conditions.reading import tags
from mediation.desk.rules.rule_actions import NONE, Act, Deed, Whom
from mediation.disputes.models import Dispute
from mediation.sla.actions.policies import follow_case

Done = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is done: the rule's id and name, what is unique to this firing, and the cycle that it belongs to:
    the event that began it, and how many triggers came before.
    """

    rule_id: str
    rule: str
    key: str
    root: int
    depth: int = 1


def perform(facts: CaseFacts, deeds: Sequence[Deed], cause: Cause) -> list[Done]:
    """Do it in order, in the caller's transaction with the handling locked; returns each deed and whether it changed
    anything. What changed the case's handling is told among the staff's notes, and so to other triggers. The caller
    ends with `settle`.
    """
    now = facts.now()
    before = now.handled()
    changed = [_DO[deed.act](now, deed, cause) for deed in deeds]
    if any(is_new and deed.act in _HANDLING for deed, is_new in zip(deeds, changed, strict=True)):
        know(now)
        _tell_of_change(now, before, cause)
        facts.follow(before, now.handled())
    pairs = zip(deeds, changed, strict=True)
    return [{"action": deed.act.value, "value": deed.value, "changed": is_new} for deed, is_new in pairs]


def settle(dispute: Dispute, done: Iterable[Done]) -> None:
    """What follows from everything that was done: clocks have the targets of the priority, and the desk's row says what
    is so now. Said last in the transaction, for its locks are the last that are taken.
    """
    if any(one["action"] == Act.PRIORITY and one["changed"] for one in done):
        follow_case(dispute=dispute)
    rows.refresh([dispute.pk])


def _tell_of_change(facts: CaseFacts, before: Mapping[str, Any], cause: Cause) -> None:
    said = {"dispute": str(facts.case.pk), "rule": cause.rule_id, "root": cause.root, "depth": cause.depth}
    data = said | {"before": before, "after": facts.handled()}
    thread = notes_thread(facts.case.room_id)
    append(thread=thread, type=ACTED, actor_id=None, at=clock.now(), data=data, line={"rule": cause.rule})


def _set_priority(facts: CaseFacts, deed: Deed, cause: Cause) -> bool:
    if facts["priority"] == deed.value and facts.handling.priority == deed.value:
        return False
    has_changed = facts["priority"] != deed.value
    _save(facts.handling, priority=deed.value)
    return has_changed


def _set_team(facts: CaseFacts, deed: Deed, cause: Cause) -> bool:
    """A team that is gone since is nobody's."""
    team = None if deed.value == NONE else Team.objects.filter(pk=deed.value).first()
    if (team is None and deed.value != NONE) or facts.handling.team_id == (team.pk if team else None):
        return False
    _save(facts.handling, team=team)
    return True


def _set_assignee(facts: CaseFacts, deed: Deed, cause: Cause) -> bool:
    """Whom the desk means to have it. Who owns the case is said by `claim` and `reassign` alone. Never a party of it,
    nor whose account is closed.
    """
    case = facts.case
    able = User.objects.filter(is_active=True).exclude(pk__in=[case.filer_id, case.respondent_id])
    person = None if deed.value == NONE else able.filter(pk=deed.value).first()
    if (person is None and deed.value != NONE) or facts.handling.assignee_id == (person.pk if person else None):
        return False
    _save(facts.handling, assignee=person)
    return True


def _save(handling: Handling, **values: Any) -> None:
    for name, value in values.items():
        setattr(handling, name, value)
    handling.save(update_fields=list(values))


def _add_tags(facts: CaseFacts, deed: Deed, cause: Cause) -> bool:
    there = set(CaseTag.objects.filter(dispute=facts.handling.pk).values_list("name", flat=True))
    new = [name for name in tags(deed.value) if name not in there]
    CaseTag.objects.bulk_create([CaseTag(dispute=facts.case, name=name) for name in new], ignore_conflicts=True)
    return bool(new)


def _remove_tags(facts: CaseFacts, deed: Deed, cause: Cause) -> bool:
    return bool(CaseTag.objects.filter(dispute=facts.handling.pk, name__in=tags(deed.value)).delete()[0])


def _add_note(facts: CaseFacts, deed: Deed, cause: Cause) -> bool:
    line = {"rule": cause.rule, "text": deed.value}
    _say(notes_thread(facts.case.room_id), NOTED, facts, line)
    return True


def _tell_parties(facts: CaseFacts, deed: Deed, cause: Cause) -> bool:
    _say(joint_thread(facts.case.room_id), f"rule.told_{deed.value}", facts, {})
    return True


def _say(thread: Any, type: str, facts: CaseFacts, line: dict[str, Any]) -> None:
    data = {"dispute": str(facts.handling.pk)}
    append(thread=thread, type=type, actor_id=None, at=clock.now(), data=data, line=line)


def _notify(facts: CaseFacts, deed: Deed, cause: Cause) -> bool:
    people = to_be_told(facts.handling, Whom(deed.value))
    now = clock.now()
    RuleMail.objects.bulk_create(
        RuleMail(rule=cause.rule, dispute=facts.case, to=person, try_at=now) for person in people
    )
    return bool(people)


def _send_webhook(facts: CaseFacts, deed: Deed, cause: Cause) -> bool:
    return tell_of_rule(facts, webhook_id=deed.value, rule_id=cause.rule_id, key=cause.key)


_DO: Mapping[Act, Callable[[CaseFacts, Deed, Cause], bool]] = {
    Act.PRIORITY: _set_priority,
    Act.TEAM: _set_team,
    Act.ASSIGNEE: _set_assignee,
    Act.ADD_TAGS: _add_tags,
    Act.REMOVE_TAGS: _remove_tags,
    Act.NOTE: _add_note,
    Act.NOTIFY: _notify,
    Act.TELL: _tell_parties,
    Act.WEBHOOK: _send_webhook,
}
_HANDLING = frozenset({Act.PRIORITY, Act.TEAM, Act.ASSIGNEE, Act.ADD_TAGS, Act.REMOVE_TAGS})
