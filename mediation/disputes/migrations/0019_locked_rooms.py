"""The rooms of cases that are with an arbitrator already are read only too."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def lock(apps: Any, schema_editor: Any) -> None:
    cases = apps.get_model("disputes", "Dispute").objects.filter(state="in_arbitration")
    rooms = apps.get_model("conversations", "Room").objects.filter(pk__in=cases.values("room"), locked_at__isnull=True)
    rooms.update(locked_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0009_locked_rooms'),
        ('disputes', '0018_no_hold_after_the_close'),
    ]

    operations = [
        migrations.RunPython(lock, migrations.RunPython.noop),
    ]
