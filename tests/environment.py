"""Loaded by pytest before Django's settings: every run has a folder, a Valkey and a Redis prefix of its own.

So runs never meet each other or a `make serve`. With `DATABASE_URL` and `REDIS_URL` set, those are used.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from mediation.serving import valkey
from mediation.serving.child import Child


def _own_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="parley-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _start_store(folder: Path) -> None:
    path = folder / "valkey.sock"
    if valkey.answers(path):
        return
    store = Child("valkey", valkey.command(path), stops_in=1)
    store.start()
    atexit.register(store.wait_stopped)
    atexit.register(store.ask_to_stop)
    valkey.wait_until_it_answers(path)


# Workers of pytest-xdist inherit what their parent has set here, and tell themselves apart on the same server.
if "PARLEY_RUN_DIR" not in os.environ:
    os.environ["PARLEY_RUN_DIR"] = str(_own_folder())
os.environ.setdefault("REDIS_PREFIX", f"parley-test-{os.getpid()}")
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["REDIS_PREFIX"] += f"-{worker}"
if "REDIS_URL" not in os.environ:
    Path(os.environ["PARLEY_RUN_DIR"]).mkdir(parents=True, exist_ok=True)
    _start_store(Path(os.environ["PARLEY_RUN_DIR"]))
