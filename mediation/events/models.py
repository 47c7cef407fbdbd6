"""The log of what happened, and the deliveries that failed."""

from django.db import models
from django.db.models import F, Q


class Event(models.Model):
    """An immutable fact, written in the transaction of the change it records. Only `handled_at` is ever updated.

    `stream_id` is the room: subscribers see a stream's events in order. `topic_id` is the thread: `seq` is gapless
    in it, and equals commit order. `target_seq` is the message the event is about, if any.
    """

    stream_id = models.UUIDField()
    topic_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    actor_id = models.UUIDField(null=True)
    target_seq = models.PositiveIntegerField(null=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic_id", "seq"], name="events_gapless")]
        indexes = [models.Index(F("id"), condition=Q(handled_at__isnull=True), name="events_unhandled")]

    def __str__(self) -> str:
        return f"{self.type} {self.topic_id}/{self.seq}"


class Delivery(models.Model):
    """One subscriber's trouble with one event. A row exists only once a first try has failed."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    subscriber = models.CharField(max_length=80)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "subscriber"], name="delivery_once")]
        indexes = [models.Index(fields=["next_try_at"], condition=Q(done_at__isnull=True), name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.subscriber}: {self.event_id}"
