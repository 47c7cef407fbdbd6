"""How tests get their database: migrated once on this machine, then copied; and emptied without being built anew."""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import management
from django.db import OperationalError, connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.sqlite3.creation import DatabaseCreation

# Lines that belong to the models and not to a test. Emptying these, too, would mean to write them again each time.
KEPT = frozenset({"django_content_type", "auth_permission"})
TEMPLATES = Path(settings.BASE_DIR) / ".run" / "test-databases"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """SQLite's test database is a copy of one that was migrated before; on PostgreSQL each process migrates its own."""
    create = DatabaseCreation.create_test_db

    def by_copying(self: Any, *given: Any, **options: Any) -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(management, "call_command", _copying(management.call_command))
            return create(self, *given, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseCreation, "create_test_db", by_copying)
        yield


def _copying(call_command: Callable[..., Any]) -> Callable[..., Any]:
    """Django's own way to fill a new test database, but migrating only where nobody has done it before."""

    def call(command: str, **options: Any) -> None:
        if command != "migrate":
            call_command(command, **options)
            return
        TEMPLATES.mkdir(parents=True, exist_ok=True)
        template = TEMPLATES / f"{_what_it_is_made_of()}.sqlite3"
        with (TEMPLATES / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not template.exists():
                call_command(command, **options)
                _keep(template)
                return
        connection.close()
        shutil.copy(template, settings.DATABASES["default"]["NAME"])

    return call


def _keep(template: Path) -> None:
    """This database, as the only one that is kept."""
    for old in TEMPLATES.glob("*.sqlite3"):
        old.unlink()
    half = template.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(half)])
    half.rename(template)


def _what_it_is_made_of() -> str:
    """A name that changes with any migration, any model and any version of Django."""
    found = hashlib.sha256(version("django").encode())
    for app in ("accounts", "mediation"):
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.py")):
            if {"migrations", "models"} & {*path.parts, path.stem}:
                found.update(str(path).encode() + path.read_bytes())
    found.update((Path(settings.BASE_DIR) / "requirements.lock").read_bytes())
    return found.hexdigest()[:20]


@pytest.fixture(scope="session", autouse=True)
def quick_and_patient_flush() -> Iterator[None]:
    """Emptying all tables keeps what belongs to the models. On PostgreSQL it can meet a running server's queries in a
    deadlock: then once more.
    """
    empty = BaseDatabaseOperations.execute_sql_flush

    def patiently(self: Any, statements: Sequence[str]) -> None:
        for _try in range(5):
            try:
                return empty(self, statements)
            except OperationalError:
                time.sleep(0.2)
        return empty(self, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", patiently)
        patch.setattr("django.core.management.commands.flush.sql_flush", _without_kept)
        patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_, **__: None)
        yield


def _without_kept(style: Any, here: Any, reset_sequences: bool = True, allow_cascade: bool = False) -> list[str]:
    tables = here.introspection.django_table_names(only_existing=True, include_views=False)
    return here.ops.sql_flush(
        style,
        [table for table in tables if table not in KEPT],
        reset_sequences=reset_sequences,
        allow_cascade=allow_cascade,
    )
