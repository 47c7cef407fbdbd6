"""The search index of the help centre: words of the current versions, and nothing else (as `conversations_search`)."""

from django.db import migrations

POSTGRESQL = (
    "CREATE TABLE help_center_search (version_id bigint PRIMARY KEY, tsv tsvector NOT NULL)",
    "CREATE INDEX help_center_search_tsv ON help_center_search USING gin (tsv)",
    """CREATE FUNCTION help_center_search_forget() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN DELETE FROM help_center_search WHERE version_id = old.id; RETURN NULL; END$$""",
    """CREATE TRIGGER help_center_search_forget AFTER DELETE ON help_center_version
       FOR EACH ROW EXECUTE FUNCTION help_center_search_forget()""",
    """CREATE FUNCTION help_center_search_empty() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN TRUNCATE help_center_search; RETURN NULL; END$$""",
    """CREATE TRIGGER help_center_search_empty AFTER TRUNCATE ON help_center_version
       FOR EACH STATEMENT EXECUTE FUNCTION help_center_search_empty()""",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER help_center_search_empty ON help_center_version",
    "DROP FUNCTION help_center_search_empty",
    "DROP TRIGGER help_center_search_forget ON help_center_version",
    "DROP FUNCTION help_center_search_forget",
    "DROP TABLE help_center_search",
)
SQLITE = (
    "CREATE VIRTUAL TABLE help_center_search USING fts5(words, detail=column)",
    """CREATE TRIGGER help_center_search_forget AFTER DELETE ON help_center_version
       BEGIN DELETE FROM help_center_search WHERE rowid = old.id; END""",
)
SQLITE_BACK = ("DROP TRIGGER help_center_search_forget", "DROP TABLE help_center_search")


def _run(schema_editor, postgresql, sqlite):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


def make(apps, schema_editor):
    _run(schema_editor, POSTGRESQL, SQLITE)


def drop(apps, schema_editor):
    _run(schema_editor, POSTGRESQL_BACK, SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("help_center", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
