"""The one way out to webhooks: a single POST to an address that was looked up and checked just now.

A name is resolved once, every address that it has must be public, and the connection goes to one that was checked: a
name that says something else a moment later (DNS rebinding) gains nothing. The certificate is still checked against the
name. No redirect is followed, no proxy of the environment is used, and nothing of the answer is read but its status.
"""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from django.conf import settings

from mediation.desk.rules.webhooks import is_public

MOST_SECONDS = 20.0  # in all: a server that sends a byte now and then would keep a worker for ever
TIMEOUT = httpx.Timeout(connect=4.0, read=8.0, write=8.0, pool=4.0)


class NotSent(Exception):
    """Nothing was answered; `code` says why: `name`, `private`, `timeout`, `connection`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said, and how long that took."""

    status: int
    took_ms: int


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send it once. Raises NotSent."""
    url = httpx.URL(address)
    host = url.host
    target = _resolved(host, url.port or (443 if url.scheme == "https" else 80))
    began = time.monotonic()
    sent = {**headers, "Host": url.netloc.decode("ascii"), "Content-Type": "application/json", "User-Agent": "Parley"}
    extensions = {"sni_hostname": host} if url.scheme == "https" else {}
    try:
        with (
            httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False, verify=True) as client,
            _ended_after(client, MOST_SECONDS),
            client.stream("POST", url.copy_with(host=target), content=body, headers=sent, extensions=extensions) as got,
        ):
            status = got.status_code
    except httpx.TimeoutException as problem:
        raise NotSent("timeout") from problem
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise NotSent("connection") from problem
    return Answer(status, round((time.monotonic() - began) * 1000))


@contextmanager
def _ended_after(client: httpx.Client, seconds: float) -> Iterator[None]:
    """Close the client's connections after so long: whoever reads from one of them is told that it broke."""
    guard = threading.Timer(seconds, client.close)
    guard.daemon = True
    guard.start()
    try:
        yield
    finally:
        guard.cancel()


def _resolved(host: str, port: int) -> str:
    """The address to connect to. Raises NotSent unless all that the name has are public, or a setting allows others."""
    found = list(dict.fromkeys(_looked_up(host, port)))
    if not settings.WEBHOOKS_TO_PRIVATE_ADDRESSES and not all(is_public(one) for one in found):
        raise NotSent("private")
    return found[0]


def _looked_up(host: str, port: int) -> Iterator[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise NotSent("name") from problem
    for _family, _type, _protocol, _name, address in found:
        yield str(address[0])
