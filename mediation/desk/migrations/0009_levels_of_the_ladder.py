"""What rules called the level was the role of the mediator: those that ask for one go on asking for just that."""

from typing import Any

from django.db import migrations

ROLES = {"3": "agent", "4": "senior", "5": "ee"}


def by_role(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of conditions in which a level that meant a role asks for the role. Levels 1 and 2, and whether the level
    changed, mean the same on the ladder.
    """
    return [
        row | {"field": "mediator_role", "value": ROLES[row["value"]]}
        if row.get("field") == "level" and row.get("value") in ROLES
        else row
        for row in rows
    ]


def rewrite(apps: Any, schema_editor: Any) -> None:
    for name in ("Trigger", "Automation"):
        for rule in apps.get_model("desk", name).objects.all():
            groups = rule.conditions if isinstance(rule.conditions, dict) else {}
            new = {key: by_role(rows) if isinstance(rows, list) else rows for key, rows in groups.items()}
            if new != groups:
                rule.conditions = new
                rule.save(update_fields=["conditions"])


class Migration(migrations.Migration):
    dependencies = [("desk", "0008_mentions_in_notes")]
    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
