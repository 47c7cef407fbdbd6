"""Phone numbers are compared with their country. Which of those that are kept were written without it, nobody can tell."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("accounts", "Identifier").objects.filter(kind="phone").update(is_comparable=False)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_identifiers")]

    operations = [
        migrations.AddField(
            "identifier",
            "is_comparable",
            models.BooleanField(default=True, editable=False, verbose_name="can be compared"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
