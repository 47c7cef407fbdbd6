"""Bringing the desk's rows up to what the cases and their clocks say."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from mediation.core import clock
from mediation.desk.models import QueueRow
from mediation.desk.queries import rows


@transaction.atomic
def refresh(cases: Collection[UUID]) -> int:
    """Write what the rows should say; returns how many said something else. Said twice, nothing changes.

    A row is locked before the case is read: whoever waits for the lock then reads what the other has committed, so the
    last writer always knows both changes. It is the last lock that is taken, in the order of the keys.
    """
    known = _locked(cases)
    should = rows.said_of(cases)
    changed = 0
    for key, said in should.items():
        row = known.get(key)
        if row is None:
            changed += _begin(key, said)
        elif rows.differences(row, said):
            _write(row, said)
            changed += 1
    return changed


def _locked(cases: Collection[UUID]) -> dict[UUID, QueueRow]:
    found = QueueRow.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=cases).order_by("pk")
    return {row.pk: row for row in found}


def _begin(key: UUID, said: rows.Said) -> int:
    """A case comes to the desk. Whoever was first, the other brings the row up to date."""
    row, is_new = QueueRow.objects.get_or_create(pk=key, defaults={**said, "changed_at": clock.now()})
    return 1 if is_new else refresh([row.pk])


def _write(row: QueueRow, said: rows.Said) -> None:
    for name, value in said.items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    row.save(update_fields=[*(name.removesuffix("_id") if name in _RELATIONS else name for name in said), "changed_at"])


_RELATIONS = frozenset({"mediator_id", "speaker_id"})
