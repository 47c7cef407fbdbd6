"""A house of a test's own: web processes, a worker and a Redis-protocol server that may all be killed."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from mediation.serving import valkey
from mediation.serving.child import Child
from tests.faults import checkers, planted
from tests.live.server import LiveServer, database_url


class Store:
    """A Redis-protocol server of this test's own, to be killed: Redis beside PostgreSQL, else the bundled one."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "store.sock"
        self.url = f"unix://{self.path}"
        self.child: Child | None = None

    def start(self) -> "Store":
        bundled, *options = valkey.command(self.path)
        redis = shutil.which("redis-server") if connection.vendor == "postgresql" else None
        self.child = Child("store", [redis or bundled, *options], stops_in=1)
        self.child.start()
        valkey.wait_until_it_answers(self.path)
        return self

    def signal(self, what: signal.Signals) -> None:
        assert self.child is not None
        assert self.child.process is not None
        self.child.process.send_signal(what)

    def kill9(self) -> None:
        self.signal(signal.SIGKILL)
        assert self.child is not None
        assert self.child.process is not None
        self.child.process.wait()


@contextmanager
def a_house(
    folder: Path, webs: int = 2, fault: str | None = None, **environment: str
) -> Iterator[tuple[list[LiveServer], Store]]:
    """Web processes and a store; with a planted `fault` in the processes, if one is named."""
    store = Store(folder).start()
    program = planted.program(fault) if fault else ("manage.py", "web")
    servers = [LiveServer(program, REDIS_URL=store.url, **environment) for _ in range(webs)]
    try:
        for server in servers:
            server.start()
        yield servers, store
        if connection.vendor == "sqlite":
            for server in servers:
                checkers.check_never_locked(server.log.read_text())
    finally:
        for server in servers:
            server.stop()
        store.kill9()


class Worker:
    """One Celery worker on the house's store, and with `beat` its clock; `kill9` ends it with its children."""

    def __init__(self, store: Store, *, beat: bool = False) -> None:
        self.store = store
        self.log = store.path.with_name("worker.log")
        self.process: subprocess.Popen[bytes] | None = None
        self.command = [sys.executable, "-m", "celery", "-A", "mediation.config", "worker", "--pool", "solo"]
        self.command += ["-l", "INFO"]
        if beat:
            self.command += ["--beat", "--schedule", str(store.path.with_name("beat"))]

    def start(self) -> "Worker":
        environment = os.environ | {"DATABASE_URL": database_url(), "REDIS_URL": self.store.url}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        return self

    def kill9(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
