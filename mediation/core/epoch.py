"""Which life of the database this is; clients that knew another one start afresh."""

import uuid

from mediation.core.models import DatabaseEpoch


def current() -> str:
    """The epoch, made at first use."""
    found = DatabaseEpoch.objects.filter(pk=1).values_list("value", flat=True).first()
    if found is None:
        found = DatabaseEpoch.objects.get_or_create(pk=1)[0].value
    return found.hex


def begin() -> str:
    """Begin a new epoch. Part of every restore from a backup."""
    row, _ = DatabaseEpoch.objects.update_or_create(pk=1, defaults={"value": uuid.uuid4()})
    return row.value.hex
