"""The static files as they are served: collected, joined and hashed, once on this machine for as long as they are."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

KEPT = Path(settings.BASE_DIR) / ".run" / "test-static"


def collected() -> Path:
    """Where they are. A page asks for a dozen of them, and for ten times as many where they lie uncollected."""
    KEPT.mkdir(parents=True, exist_ok=True)
    folder = KEPT / _what_they_are_made_of()
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _collect(folder)
    return folder


def _collect(folder: Path) -> None:
    """These as the only ones that are kept; half of them never under their name."""
    for old in KEPT.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    half = KEPT / f"half-{os.getpid()}"
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    environment = os.environ | {"HASHED_STATIC": "1", "STATIC_ROOT": str(half)}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)
    half.rename(folder)


def _what_they_are_made_of() -> str:
    """A name that changes with any of our files, with what collects them, and with any package that brings some."""
    base = Path(settings.BASE_DIR)
    files = [path for path in sorted((base / "static").rglob("*")) if path.is_file()]
    found = hashlib.sha256((base / "requirements.lock").read_bytes())
    for path in [*files, *(base / "mediation" / "core" / name for name in ("storage.py", "joined.py", "squeezed.py"))]:
        found.update(str(path.relative_to(base)).encode() + path.read_bytes())
    return found.hexdigest()[:20]
