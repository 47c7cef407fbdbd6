"""Words that nobody else could have thought of, one in each private text, and who may ever see them (S-02)."""

import base64
import binascii
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import redis

from accounts.models import User
from mediation.live.hub.presence import HEARTBEAT_SECONDS

CANARY = re.compile(rb"canary[0-9a-f]{32}")
# Celery packs what it hands to the broker.
PACKED = re.compile(rb"[A-Za-z0-9+/]{32,}={0,2}")


class Canaries:
    """Every word given out, with those who may see it. `leaks` says where one was seen by others, `seen` counts those
    that each person rightly saw.
    """

    def __init__(self) -> None:
        self.readers: dict[bytes, frozenset[UUID]] = {}
        self.leaks: list[str] = []
        self.seen: Counter[UUID] = Counter()

    def new(self, *readers: User) -> str:
        """A fresh word, for the eyes of these people only."""
        word = f"canary{uuid4().hex}"
        self.readers[word.encode()] = frozenset(reader.pk for reader in readers)
        return word

    def look(self, said: str | bytes, where: str, person: User | None = None) -> None:
        """Look through what a person was given; nobody's eyes may see any word at all."""
        for word in CANARY.findall(said.encode() if isinstance(said, str) else said):
            if person is not None and person.pk in self.readers.get(word, ()):
                self.seen[person.pk] += 1
            else:
                self.leaks.append(f"{word.decode()} in {where}")

    def look_at_traffic(self, said: bytes, where: str) -> None:
        """The same for what nobody should see, also within what is packed in base 64."""
        self.look(said, where)
        for packed in PACKED.findall(said):
            try:
                self.look(base64.b64decode(packed + b"=" * (-len(packed) % 4)), where)
            except binascii.Error:
                continue

    def look_at_logs(self, files: Iterable[Path]) -> None:
        """Logs are for nobody's eyes."""
        for file in files:
            self.look(file.read_bytes(), file.name)

    def check(self) -> None:
        """Raises AssertionError if any word was seen where it should not be."""
        assert not self.leaks, f"{len(self.leaks)} private words leaked: {self.leaks[:5]}"


class Tap(threading.Thread):
    """Hears every command that a Redis-protocol server is given: what is published, what the broker holds."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.heard = bytearray()
        at = urlsplit(url)
        if at.scheme == "unix":
            self._socket = socket.socket(socket.AF_UNIX)
            self._socket.connect(at.path)
        else:
            self._socket = socket.create_connection((at.hostname or "127.0.0.1", at.port or 6379))
        self._socket.sendall(b"MONITOR\r\n")
        assert self._socket.recv(5) == b"+OK\r\n"
        self.start()

    def run(self) -> None:
        while data := self._socket.recv(1 << 16):
            self.heard += data

    def close(self) -> bytes:
        """Everything that was said until now, and at least one word of a process to the others: alone it says one every
        ten seconds.
        """
        deadline = time.monotonic() + 2 * HEARTBEAT_SECONDS
        while b"PUBLISH" not in self.heard and time.monotonic() < deadline:
            self.join(0.05)
        end = uuid4().hex
        with redis.Redis.from_url(self.url) as client:
            client.echo(end)
        while end.encode() not in self.heard[-100_000:]:
            self.join(0.01)
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        return bytes(self.heard)
