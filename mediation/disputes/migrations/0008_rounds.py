"""What decides a case is counted by how often it had been opened again. Rows of cases that were are counted by the
moments at which that happened.
"""

from typing import Any

from django.conf import settings
from django.db import migrations, models

MOMENTS = {
    "agreement": "written_at",
    "arbitrationstep": "at",
    "award": "entered_at",
    "bidround": "opened_at",
    "recommendation": "issued_at",
}


def count(apps: Any, schema_editor: Any) -> None:
    """A draft of a recommendation has no moment yet: it is of now."""
    entries = apps.get_model("disputes", "CaseEntry").objects.filter(type="dispute.reopen")
    for dispute in apps.get_model("disputes", "Dispute").objects.filter(reopenings__gt=0):
        opened = list(entries.filter(dispute=dispute).values_list("at", flat=True))
        for model, moment in MOMENTS.items():
            for row in apps.get_model("disputes", model).objects.filter(dispute=dispute):
                at = getattr(row, moment)
                row.reopenings = dispute.reopenings if at is None else sum(one <= at for one in opened)
                row.save(update_fields=["reopenings"])


class Migration(migrations.Migration):

    dependencies = [
        ('disputes', '0007_ledger_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='arbitrationstep',
            name='arbitration_step_once',
        ),
        migrations.AddField(
            model_name='agreement',
            name='reopenings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='arbitrationstep',
            name='reopenings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='award',
            name='reopenings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='bidround',
            name='reopenings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='reopenings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='arbitrationstep',
            constraint=models.UniqueConstraint(fields=('dispute', 'party', 'kind', 'reopenings'), name='arbitration_step_once'),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
