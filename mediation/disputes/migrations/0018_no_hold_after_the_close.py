"""A case that was voided while it was held kept its hold, and nothing could be paid back: it ended with the case."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def end(apps: Any, schema_editor: Any) -> None:
    closed = apps.get_model("disputes", "Dispute").objects.filter(pk=OuterRef("dispute"))
    overlays = apps.get_model("disputes", "Overlay").objects
    overlays.filter(kind="hold", ended_at__isnull=True, dispute__state="closed").update(
        ended_at=Subquery(closed.values("closed_at"))
    )


class Migration(migrations.Migration):

    dependencies = [
        ('disputes', '0017_what_a_deadline_is_about'),
    ]

    operations = [
        migrations.RunPython(end, migrations.RunPython.noop),
    ]
