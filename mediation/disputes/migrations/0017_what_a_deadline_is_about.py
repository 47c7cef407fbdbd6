"""What a request asks stands beside why its deadline was moved, and not in its place. Of those that were moved before,
why is not known any more.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def part(apps: Any, schema_editor: Any) -> None:
    apps.get_model("disputes", "Deadline").objects.filter(kind="request").update(about=F("reason"), reason="")


def join(apps: Any, schema_editor: Any) -> None:
    apps.get_model("disputes", "Deadline").objects.filter(kind="request").update(reason=F("about"))


class Migration(migrations.Migration):

    dependencies = [
        ('disputes', '0016_picks'),
    ]

    operations = [
        migrations.AddField(
            model_name='deadline',
            name='about',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.RunPython(part, join),
    ]
