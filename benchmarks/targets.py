"""The two servers under test behind one face: how to start them and how to speak with them."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from typing import Any, ClassVar

import orjson

from benchmarks import servers
from benchmarks.ledger import number_of
from benchmarks.seat import Seat

PYTHON = sys.executable


class Target:
    """A server under test with its database. Subclasses say how it is started and what its frames are."""

    name: ClassVar[str]
    people_module: ClassVar[str]
    fill_module: ClassVar[str]
    migrate: ClassVar[tuple[str, ...]]

    def __init__(self, scene: servers.Scene, database_url: str, redis: servers.Redis, database_pid: int | None) -> None:
        self.scene = scene
        self.port = servers.free_port()
        self.database_url = database_url
        self.shared_roots = {"redis": redis.process.pid} | ({"database": database_pid} if database_pid else {})
        self.environment = {"DATABASE_URL": database_url, "REDIS_URL": redis.url, "PYTHONUNBUFFERED": "1"}
        self.environment |= self.own_environment()
        self.nonce = secrets.token_hex(4)
        self._readers: dict[int, list[Seat]] = {}
        self.run(*self.migrate)

    def own_environment(self) -> Mapping[str, str]:
        raise NotImplementedError

    def command(self) -> list[str]:
        """What starts the web server."""
        raise NotImplementedError

    def run(self, *arguments: str) -> str:
        """Run a Python command in the target's environment and return its output."""
        done = subprocess.run(
            [PYTHON, *arguments], cwd=servers.ROOT, env=dict(os.environ) | self.environment,
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise servers.CannotStart(f"{self.name}: {arguments} failed:\n{done.stderr[-3000:]}")
        return done.stdout

    def start(self) -> None:
        """Start the web server and return when it listens."""
        self.web = self.scene.launch(self.command(), log=self.name, environment=self.environment)
        servers.wait_for_port(self.port, self.web, self.scene.folder / f"{self.name}.log")

    def kill(self) -> None:
        """`kill -9`, as a crash would."""
        self.web.kill()
        self.web.wait()

    def roots(self) -> dict[str, int]:
        """The processes whose CPU counts, by name."""
        return {"web": self.web.pid} | self.shared_roots

    def seats(self, rooms: int) -> list[Seat]:
        """Signed-in people of `rooms` rooms, three a room and in the order of rooms; made where missing."""
        return self._seats(str(rooms))

    def busy_seats(self) -> list[Seat]:
        """People with rooms by the hundred, on a filled database."""
        return self._seats("busy")

    def demo_seats(self) -> list[Seat]:
        """The client and the mediator of the demo's mediated room."""
        self.run("manage.py", "seed_demo", "-v0")
        return self._seats("demo")

    def readers(self, rooms: int) -> list[Seat]:
        """A signed-in person of each room, for pages: what was said since they were made is nothing to them."""
        if rooms not in self._readers:
            self._readers[rooms] = self.seats(rooms)[::3]
        return self._readers[rooms]

    def _seats(self, which: str) -> list[Seat]:
        found = json.loads(self.run("-m", self.people_module, which))
        return [Seat(target=self, **seat) for seat in found]

    def fill(self, *, rooms: int, messages: int) -> None:
        self.run("-m", self.fill_module, "--rooms", str(rooms), "--messages", str(messages))

    def socket_path(self, seat: Seat) -> str:
        raise NotImplementedError

    def opened(self, seat: Seat) -> None:
        """The handshake is done: say what the protocol wants said first."""

    def message(self, seat: Seat, number: int, text: str) -> bytes:
        raise NotImplementedError

    def received(self, seat: Seat, payload: bytes) -> None:
        raise NotImplementedError

    def page(self, kind: str, seat: Seat) -> str:
        """The path of a `history`, `inbox` or `search` request."""
        raise NotImplementedError


class Plain(Target):
    """The yard-stick in `benchmarks/plain`."""

    name = "plain"
    people_module = "benchmarks.plain.people"
    fill_module = "benchmarks.plain.fill"
    migrate = ("-m", "django", "migrate", "-v", "0")

    def own_environment(self) -> Mapping[str, str]:
        return {"DJANGO_SETTINGS_MODULE": "benchmarks.plain.settings"}

    def command(self) -> list[str]:
        daphne = [PYTHON, "-m", "daphne", "-v", "0", "--websocket_connect_timeout", "60", "-b", "127.0.0.1"]
        return [*daphne, "-p", str(self.port), "benchmarks.plain.asgi:application"]

    def socket_path(self, seat: Seat) -> str:
        return f"/ws/rooms/{seat.room}/?after={seat.cursors[seat.room]}"

    def message(self, seat: Seat, number: int, text: str) -> bytes:
        return orjson.dumps({"text": text})

    def received(self, seat: Seat, payload: bytes) -> None:
        data = orjson.loads(payload)
        if data["type"] == "message":
            self._took(seat, data["message"])
        else:
            for message in data["messages"]:
                self._took(seat, message)
            seat.synced.set()

    def _took(self, seat: Seat, message: dict[str, Any]) -> None:
        seat.cursors[seat.room] = message["id"]
        number = number_of(message["text"])
        if number is not None:
            seat.ledger.take(seat.room, seat.user, message["id"], number)
            if str(message["author"]) == seat.user:
                seat.acknowledged(number)

    def page(self, kind: str, seat: Seat) -> str:
        return {"history": f"/rooms/{seat.room}/messages/", "inbox": "/rooms/", "search": "/search/?q="}[kind]


class Parley(Target):
    """The product, through its public protocol."""

    name = "parley"
    people_module = "benchmarks.people"
    fill_module = "benchmarks.fill"
    migrate = ("manage.py", "migrate", "-v", "0")

    def own_environment(self) -> Mapping[str, str]:
        folder = self.scene.folder / "run"
        folder.mkdir(exist_ok=True)
        many = "1000000"
        return {
            "DJANGO_SETTINGS_MODULE": "mediation.config.settings", "PARLEY_RUN_DIR": str(folder),
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            # One person of the load says what a hundred would: the limits are not what is measured.
            "LIVE_SEND_BURST": many, "LIVE_SEND_PER_MINUTE": many,
        }  # fmt: skip

    def command(self) -> list[str]:
        return [PYTHON, "manage.py", "web", "--port", str(self.port)]

    def socket_path(self, seat: Seat) -> str:
        return "/live/"

    def opened(self, seat: Seat) -> None:
        assert seat.wire is not None
        hello = {"t": "hello", "v": 1, "epoch": None, "room": seat.room, "cursors": seat.cursors}
        seat.wire.send(orjson.dumps(hello))

    def message(self, seat: Seat, number: int, text: str) -> bytes:
        cid = f"{self.nonce}-0000-4000-8000-{number:012x}"
        sent: dict[str, Any] = {"t": "send", "cid": cid, "thread": seat.thread, "text": text}
        if seat.is_staff:
            sent["confirmed"] = True
        return orjson.dumps(sent)

    def received(self, seat: Seat, payload: bytes) -> None:
        data = orjson.loads(payload)
        kind = data["t"]
        if kind == "events":
            self._took(seat, data["thread"], data["events"])
        elif kind == "ack":
            seat.acknowledged(int(data["cid"][-12:], 16))
        elif kind == "synced":
            seat.synced.set()
        elif kind == "refused":
            seat.refused(int(data["cid"][-12:], 16), data["code"])
        elif kind == "error":
            raise RuntimeError(f"the server calls the load malformed: {data}")

    def _took(self, seat: Seat, thread: str, events: list[dict[str, Any]]) -> None:
        for event in events:
            seat.cursors[thread] = event["seq"]
            number = number_of(event["message"]["text"]) if event["type"] == "message.sent" else None
            if number is not None:
                seat.ledger.take(seat.room, seat.user, event["seq"], number)
        seat.unapplied += len(events)
        if seat.unapplied >= 50:
            self.say_applied(seat)

    def say_applied(self, seat: Seat) -> None:
        """Tell the server how many events this socket has taken, which lets it send more."""
        if seat.unapplied and seat.wire is not None:
            seat.applied, seat.unapplied = seat.applied + seat.unapplied, 0
            seat.wire.send(orjson.dumps({"t": "applied", "n": seat.applied}))

    def page(self, kind: str, seat: Seat) -> str:
        return {
            "history": f"/api/threads/{seat.thread}/messages/?limit=50",
            "inbox": "/api/rooms/",
            "search": "/api/search/?q=",
        }[kind]


class ParleyOnUvicorn(Parley):
    """The same under uvicorn, as `mediation.live.asgi` says to run it."""

    name = "parley-uvicorn"

    def command(self) -> list[str]:
        uvicorn = [PYTHON, "-m", "uvicorn", "mediation.config.asgi:application", "--ws-max-size", "65536"]
        return [*uvicorn, "--log-level", "warning", "--host", "127.0.0.1", "--port", str(self.port)]


TARGETS: dict[str, type[Target]] = {target.name: target for target in (Parley, ParleyOnUvicorn, Plain)}
