"""The search index: a table of its own on each database, with nothing in it but words, ids and scopes.

`scope` (a lexeme of the thread's id) lets the index itself narrow a search to the threads of its reader. The
triggers keep a deleted message from leaving its words behind.
"""

from django.db import migrations

POSTGRESQL = (
    "CREATE TABLE conversations_search (message_id bigint PRIMARY KEY, thread_id uuid NOT NULL, tsv tsvector NOT NULL)",
    "CREATE INDEX conversations_search_tsv ON conversations_search USING gin (tsv)",
    """CREATE FUNCTION conversations_search_forget() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN DELETE FROM conversations_search WHERE message_id = old.id; RETURN NULL; END$$""",
    """CREATE TRIGGER conversations_search_forget AFTER DELETE ON conversations_message
       FOR EACH ROW EXECUTE FUNCTION conversations_search_forget()""",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER conversations_search_forget ON conversations_message",
    "DROP FUNCTION conversations_search_forget",
    "DROP TABLE conversations_search",
)
SQLITE = (
    "CREATE VIRTUAL TABLE conversations_search USING fts5(words, scope, detail=column)",
    """CREATE TRIGGER conversations_search_forget AFTER DELETE ON conversations_message
       BEGIN DELETE FROM conversations_search WHERE rowid = old.id; END""",
)
SQLITE_BACK = ("DROP TRIGGER conversations_search_forget", "DROP TABLE conversations_search")


def _run(schema_editor, postgresql, sqlite):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


def make(apps, schema_editor):
    _run(schema_editor, POSTGRESQL, SQLITE)


def drop(apps, schema_editor):
    _run(schema_editor, POSTGRESQL_BACK, SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
