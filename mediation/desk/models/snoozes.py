"""Cases that their owner has laid aside for a while."""

from django.conf import settings
from django.db import models

from mediation.disputes.models import Dispute


class Snooze(models.Model):
    """Laid aside by its mediator until a moment, until a party writes or acts (`until` None), or whichever comes
    first (`on_word`). It says where the case stands in its mediator's queues, and nothing of its clocks.
    """

    dispute = models.OneToOneField(Dispute, primary_key=True, on_delete=models.CASCADE, related_name="+")
    mediator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(null=True)
    on_word = models.BooleanField()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=False) | models.Q(on_word=True), name="snooze_has_an_end"
            )
        ]
        indexes = [models.Index(fields=["until"], name="snooze_until")]
