"""The one way to say a command to a referred case: lock, table, guards, effects, state, log, event, in one transaction.

The same command id gives the same result; a version that is no longer the newest is refused.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.core.tries import patiently
from mediation.escalations import audience
from mediation.escalations.actions.effects import EFFECTS, FIELDS, Work
from mediation.escalations.errors import IdUsed, NotNow, NotYours, Stale, Unfit
from mediation.escalations.event_types import of_command
from mediation.escalations.models import Case, Entry, Notice
from mediation.escalations.rules import table
from mediation.escalations.rules.guards import Facts, Said, first_refusal
from mediation.events import actions as events
from mediation.events.actions import NewEvent


@dataclass(frozen=True, slots=True)
class Result:
    """How the case stands after the command."""

    case_id: UUID
    state: str
    version: int
    repeated: bool = False


def transition(
    *,
    actor: User | None,
    case_id: UUID,
    command: str,
    said: Said | None = None,
    command_id: UUID | None = None,
    expected_version: int | None = None,
) -> Result:
    """Say a command. `actor` None is the system. `said` holds what guards and effects read: words, ids, moments in UTC.

    Raises NotFound for who may not see the case and for what is no command, NotYours, NotNow, Stale, IdUsed, or Unfit
    for what a guard refuses.
    """
    return patiently(lambda: _perform(actor, case_id, command, said or {}, command_id or uuid4(), expected_version))


def _perform(
    actor: User | None, case_id: UUID, command: str, said: Said, command_id: UUID, expected_version: int | None
) -> Result:
    locked = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("owner", "contact", "referred_by")
    case = locked.filter(pk=case_id).first()
    is_seen = actor is None or audience.visible_cases(actor).filter(pk=case_id).exists()
    if case is None or not is_seen or not table.is_command(command):
        raise NotFound
    before = Entry.objects.filter(case=case, command_id=command_id).first()
    if before is not None:
        if (before.command, before.actor_id) != (command, actor.pk if actor else None):
            raise IdUsed
        return Result(case.pk, before.state, before.number, repeated=True)
    if expected_version is not None and expected_version != case.version:
        raise Stale(detail={"version": case.version})
    row = _row(case, actor, command)
    now = clock.now()
    refusal = first_refusal(row.guards, _facts(case, now), said)
    if refusal is not None:
        raise Unfit(refusal)
    work = Work(case, actor, said, now)
    for name in row.effects:
        EFFECTS[name](work)
    _keep(work, row, command_id)
    return Result(case.pk, case.state, case.version)


def _row(case: Case, actor: User | None, command: str) -> table.Row:
    row = table.find(command, case.state)
    if row is None:
        raise NotNow(detail={"state": case.state})
    if not row.who & audience.actors(case, actor):
        raise NotYours
    return row


def _facts(case: Case, now: datetime) -> Facts:
    return Facts(
        now=now,
        owner=case.owner_id,
        colleagues=frozenset(audience.desk_people().values_list("pk", flat=True)),
        is_reachable=bool(case.contact.name and case.contact.email),
        checked=frozenset(case.checked.values_list("item", flat=True)),
        has_form=hasattr(case, "talent_form"),
    )


def _keep(work: Work, row: table.Row, command_id: UUID) -> None:
    """The state, the line of the log, its event, and mails that wait."""
    case = work.case
    if row.to is not None:
        case.state, case.outcome = row.to.value, row.outcome.value if row.outcome else ""
    case.version += 1
    case.save(update_fields=["state", "outcome", "version", *FIELDS])
    actor_id = work.actor.pk if work.actor else None
    entry = Entry.objects.create(
        case=case, number=case.version, command=row.command, command_id=command_id, actor_id=actor_id,
        state=case.state, data={name: _plain(value) for name, value in work.said.items()} | work.kept, at=work.now,
    )  # fmt: skip
    happened = NewEvent(
        case.pk, case.pk, entry.number, of_command(row.command), actor_id, work.now,
        data={"case": str(case.pk), "state": case.state, "owner": str(case.owner_id) if case.owner_id else None},
    )  # fmt: skip
    events.record([happened])
    to = {person.pk: person for person in work.tell}
    Notice.objects.bulk_create([Notice(entry=entry, to=person) for person in to.values()], ignore_conflicts=True)


def _plain(value: Any) -> Any:
    """As JSON keeps it."""
    if isinstance(value, datetime):
        return clock.iso(value)
    if isinstance(value, UUID):
        return str(value)
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
