"""A case has one open review at a time. Where two wait, they were asked for at once: the first decides for both, and
the later says so.
"""

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

RULING = "Asked for twice at once: the review that was asked for first decides."


def settle(apps: Any, schema_editor: Any) -> None:
    """Nobody ruled on the later ones, so they are neither upheld nor not."""
    open_ones = apps.get_model("disputes", "Review").objects.filter(decided_at__isnull=True)
    seen = set()
    for review in open_ones.order_by("asked_at", "pk"):
        if review.dispute_id in seen:
            open_ones.filter(pk=review.pk).update(decided_at=timezone.now(), ruling=RULING)
        seen.add(review.dispute_id)


class Migration(migrations.Migration):

    dependencies = [
        ('disputes', '0012_declined_why'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(settle, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('dispute',), name='review_one_open'),
        ),
    ]
