"""The database's own name."""

import uuid

from django.db import models


class DatabaseEpoch(models.Model):
    """One row: which life of the database this is. A restore from a backup begins a new one, so that clients that
    have seen more than the backup holds start afresh.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    value = models.UUIDField(default=uuid.uuid4)
