"""Objections, private talks and extensions of a case that was opened again count for the time they were of."""

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

MOMENTS = {"objection": "raised_at", "caucus": "offered_at", "deadline": "set_at"}


def count(apps: Any, schema_editor: Any) -> None:
    entries = apps.get_model("disputes", "CaseEntry").objects.filter(type="dispute.reopen")
    for dispute in apps.get_model("disputes", "Dispute").objects.filter(reopenings__gt=0):
        opened = entries.filter(dispute=dispute).order_by("at", "number").values_list("at", flat=True)
        for number, at in enumerate(opened, start=1):
            for model, moment in MOMENTS.items():
                rows = apps.get_model("disputes", model).objects.filter(dispute=dispute)
                rows.filter(**{f"{moment}__gte": at}).update(reopenings=number)


class Migration(migrations.Migration):

    dependencies = [
        ('disputes', '0014_outage_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='objection',
            name='objection_one_open',
        ),
        migrations.AddField(
            model_name='caucus',
            name='reopenings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='deadline',
            name='reopenings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='objection',
            name='reopenings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(condition=Q(decided_at__isnull=True), fields=('dispute', 'reopenings'), name='objection_one_open'),
        ),
    ]
