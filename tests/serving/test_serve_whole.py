"""`manage.py serve`, the real thing: it comes up, brings back each child that is killed, and leaves nothing behind."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live.server import free_port

pytestmark = [pytest.mark.faults, pytest.mark.alone]

ROOT = Path(__file__).parents[2]
UP_WITHIN_SECONDS = 180
BACK_WITHIN_SECONDS = 90


class Served:
    """A `serve` with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "serve.log"
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), "--no-demo"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=kept | {"PARLEY_RUN_DIR": str(folder)}, stdout=log, stderr=log
            )

    def status(self) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return json.load(answer)["status"]
        except OSError:
            return "away"

    def children(self) -> dict[str, int]:
        """What runs, by what its command line says, with its process id."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        found = {}
        for pid in listed:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ")
            if name := re.search(r"valkey-server|manage\.py web|\bworker\b|\bbeat\b", line):
                found[name.group()] = int(pid)
        return found


def wait_for(true: Callable[[], bool], *, seconds: float, of: Served) -> None:
    give_up_at = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up_at, of.log.read_text()[-4000:]
        time.sleep(0.1)


@pytest.fixture
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="parley-serve-"))
    running = Served(folder)
    wait_for(lambda: "is ready" in running.log.read_text(), seconds=UP_WITHIN_SECONDS, of=running)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_every_child_that_is_killed_comes_back_and_ctrl_c_leaves_nothing(served: Served) -> None:
    first = served.children()
    assert set(first) == {"valkey-server", "manage.py web", "worker", "beat"}
    for pid in first.values():
        os.kill(pid, signal.SIGKILL)
    wait_for(
        lambda: not set(first.values()) & set(served.children().values()) and set(served.children()) == set(first),
        seconds=BACK_WITHIN_SECONDS,
        of=served,
    )
    wait_for(lambda: served.status() == "ok", seconds=BACK_WITHIN_SECONDS, of=served)

    last = served.children()
    began = time.monotonic()
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(30) == 0
    assert time.monotonic() - began <= 10 + 2  # two for the supervisor's own end on a busy machine
    assert [name for name, pid in last.items() if not is_gone(pid)] == []


def test_nothing_outlives_a_supervisor_that_is_killed(served: Served) -> None:
    children = served.children()
    served.process.kill()
    served.process.wait()
    wait_for(lambda: all(is_gone(pid) for pid in children.values()), seconds=BACK_WITHIN_SECONDS, of=served)
