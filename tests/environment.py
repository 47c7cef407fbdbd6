"""Loaded by pytest before Django's settings: every run has a folder, a Valkey and a Redis prefix of its own.

So runs never meet each other or a `make serve`. With `DATABASE_URL` and `REDIS_URL` set, those are used.
"""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

from mediation.serving import valkey
from mediation.serving.child import Child

ROOM = 2 * 1024**3  # bytes


def _own_folder() -> Path:
    """In memory where that has room: nothing here outlives the run, and waiting for a disk would prove nothing."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="parley-test-", dir=memory if roomy else None))
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
# 120 MB and a second for each process; the tests that are about answers turn it on.
os.environ.setdefault("HELP_ENCODER", "off")
if "REDIS_URL" not in os.environ:
    Path(os.environ["PARLEY_RUN_DIR"]).mkdir(parents=True, exist_ok=True)
    _start_store(Path(os.environ["PARLEY_RUN_DIR"]))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: nobody looks through it for garbage, neither while it grows
    (the last lines here) nor again and again afterwards.
    """
    gc.freeze()
    gc.enable()


gc.disable()
gc.set_threshold(50_000)  # a test makes thousands of objects, and next to no rings of them
