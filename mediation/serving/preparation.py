"""What must be true before the first process starts: compiled messages, a current database, static files, demo data."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mediation.serving.messages import compile_messages

Say = Callable[[str], object]


def prepare(*, say: Say, with_demo: bool, hashed_static: bool) -> None:
    """Bring everything up to date; each step costs next to nothing when there is nothing to do."""
    compile_messages()
    _migrate(say)
    if hashed_static:
        _collect_static(say)
    if with_demo and not get_user_model()._default_manager.exists():
        _seed(say)
    connection.close()


def _migrate(say: Say) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date …")
        call_command("migrate", verbosity=0, interactive=False)


def _collect_static(say: Say) -> None:
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    now = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("Collecting static files …")
    # A process of its own: this one was started without hashed names.
    collect = [sys.executable, str(settings.BASE_DIR / "manage.py"), "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env={**os.environ, "HASHED_STATIC": "1"}, check=True)  # noqa: S603
    stamp.write_text(now)


def _static_fingerprint() -> str:
    """Changes whenever a static file is added, removed or touched."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            if isinstance(storage, FileSystemStorage):
                found = Path(storage.path(name)).stat()
                digest.update(f"{name}|{found.st_mtime_ns}|{found.st_size}\n".encode())
    return digest.hexdigest()


def _seed(say: Say) -> None:
    if "seed_demo" not in get_commands():
        return
    say("Filling the empty database with demo data …")
    call_command("seed_demo", verbosity=0)
