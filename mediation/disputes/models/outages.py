"""When the product was last known to be there, and when it was not."""

import uuid

from django.db import models


class Heartbeat(models.Model):
    """One row: the last moment at which the product was seen to work."""

    seen_at = models.DateTimeField()


class Outage(models.Model):
    """A time in which nobody could reach us. `granted_at` is when the deadlines were moved for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    granted_at = models.DateTimeField(null=True)
