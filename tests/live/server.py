"""A real web process on a free port, on the test's own database."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from accounts.models import User

START_WITHIN_SECONDS = 60  # on a machine that has much else to do


def database_url() -> str:
    """The test database's address, for other processes."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    password = f":{at['PASSWORD']}" if at["PASSWORD"] else ""
    return f"postgres://{at['USER']}{password}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def sign_in(user: User) -> str:
    """A session of the user, without the form; returns its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


class LiveServer:
    """`manage.py web` as a child process, or another `program` around it. Start it again after `kill9` or `stop`: it
    keeps its port.
    """

    def __init__(self, program: Sequence[str] = ("manage.py", "web"), **environment: str) -> None:
        self.program = program
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.environment = {"LIVE_SEND_BURST": "100000", "LIVE_SEND_PER_MINUTE": "6000000"} | environment
        self.process: subprocess.Popen[bytes] | None = None
        self.log = Path(os.environ["PARLEY_RUN_DIR"]) / f"web-{self.port}.log"

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/live/"

    def start(self) -> "LiveServer":
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "PUBLIC_URL": self.origin,
            "LIVE_ORIGINS": self.origin,
            "DATABASE_POOL": "16",  # several servers share the hundred places of a PostgreSQL as it is installed
        }
        command = [sys.executable, *self.program, "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=environment | self.environment, stdout=log, stderr=log
            )
        self._wait_until_it_answers()
        return self

    def kill9(self) -> None:
        """As a crash: nothing is finished, nobody is told."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """An orderly end; returns how many seconds it took."""
        begin = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - begin

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(15)
            self.process = None

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + START_WITHIN_SECONDS
        while time.monotonic() < until:
            try:
                with urlopen(f"{self.origin}/healthz", timeout=2):
                    return
            except OSError:
                if self.process is None or self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()[-4000:]}")
