"""When a message was written, in the search index: a search for common words reads the newest first and stops early.

SQLite has one machine's worth of messages and sorts them as they are.
"""

from django.db import migrations

POSTGRESQL = (
    "ALTER TABLE conversations_search ADD COLUMN at timestamptz NOT NULL DEFAULT now()",
    "UPDATE conversations_search SET at = m.created_at FROM conversations_message m WHERE m.id = message_id",
    "CREATE INDEX conversations_search_at ON conversations_search (at DESC, message_id DESC)",
)
POSTGRESQL_BACK = ("ALTER TABLE conversations_search DROP COLUMN at",)


def _run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def add(apps, schema_editor):
    _run(schema_editor, POSTGRESQL)


def take_out(apps, schema_editor):
    _run(schema_editor, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_search")]
    operations = [migrations.RunPython(add, take_out)]
