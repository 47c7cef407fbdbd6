"""On PostgreSQL a row trigger does not see TRUNCATE (`manage.py flush`): old words would be found under new messages."""

from django.db import migrations

FORWARD = (
    """CREATE FUNCTION conversations_search_empty() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN TRUNCATE conversations_search; RETURN NULL; END$$""",
    """CREATE TRIGGER conversations_search_empty AFTER TRUNCATE ON conversations_message
       FOR EACH STATEMENT EXECUTE FUNCTION conversations_search_empty()""",
)
BACK = (
    "DROP TRIGGER conversations_search_empty ON conversations_message",
    "DROP FUNCTION conversations_search_empty",
)


def _run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def make(apps, schema_editor):
    _run(schema_editor, FORWARD)


def drop(apps, schema_editor):
    _run(schema_editor, BACK)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_room_for_heads")]
    operations = [migrations.RunPython(make, drop)]
