"""A person's plain requests to a real server, as a browser without scripts sends them."""

from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

import orjson
from django.conf import settings

from tests.live.server import LiveServer

TOKEN = "a" * 32  # Django takes any token that cookie and header agree on
WITHIN_SECONDS = 60
Answer = tuple[int, bytes, bytes]  # status, headers, body


class Visitor:
    """One session at one server. Each request has a connection of its own, so threads may share a visitor."""

    def __init__(self, server: LiveServer, session: str) -> None:
        self.server = server
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
        }

    def ask(self, method: str, path: str, body: bytes = b"", media: str = "application/json") -> Answer:
        """Any request."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=WITHIN_SECONDS)
        try:
            connection.request(method, path, body or None, self.headers | {"Content-Type": media})
            answer = connection.getresponse()
            return answer.status, str(answer.getheaders()).encode(), answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        """A page, or an address of the API."""
        return self.ask("GET", path)

    def post(self, path: str, fields: dict[str, Any]) -> dict[str, Any]:
        """The decoded answer, with its `status`."""
        status, _, body = self.ask("POST", path, orjson.dumps(fields))
        return {"status": status} | (orjson.loads(body) if body else {})

    def upload(self, path: str, name: str, data: bytes) -> dict[str, Any]:
        """Send a text file, as a form does."""
        edge = uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        body = f"{head}Content-Type: text/plain\r\n\r\n".encode() + data + f"\r\n--{edge}--\r\n".encode()
        status, _, said = self.ask("POST", path, body, f"multipart/form-data; boundary={edge}")
        assert status == 201, said
        return orjson.loads(said)
