"""Opens a socket the way a browser does, with nothing but the standard library, and tells what answered."""

import base64
import http.client
import os
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

ANSWER_WITHIN_SECONDS = 10
SWITCHED = 101


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP status of the handshake; `server` is what answered, if it says so."""

    status: int
    reason: str
    server: str

    @property
    def is_open(self) -> bool:
        return self.status == SWITCHED


def open_socket(public_url: str, *, path: str, origin: str) -> Answer:
    """Ask for a WebSocket. Raises OSError or http.client.HTTPException when nothing intelligible answers."""
    parts = urlsplit(public_url)
    if parts.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.netloc, timeout=ANSWER_WITHIN_SECONDS, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=ANSWER_WITHIN_SECONDS)
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Origin": origin,
    }
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.reason, answer.getheader("Server") or "")
    finally:
        connection.close()
