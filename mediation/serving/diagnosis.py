"""What `manage.py doctor` looks at, from outside, through the address people use."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from mediation.serving.handshake import ANSWER_WITHIN_SECONDS, open_socket

SOCKET_PATH = "/live/"
STRANGER = "https://stranger.invalid"
REFUSED = 403


@dataclass(frozen=True, slots=True)
class Note:
    """One thing looked at: what was found and, when it is wrong, what to do."""

    ok: bool
    says: str
    remedy: str = ""


def examine(public_url: str) -> Iterator[Note]:
    """Every note in order; stops after the first that makes the rest pointless."""
    ready = _ready(public_url)
    yield from ready
    if not ready[0].ok:
        return
    yield _policy(public_url)
    yield own_socket(public_url)
    yield strange_socket(public_url)


def _ready(public_url: str) -> list[Note]:
    url = f"{public_url}/readyz"
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_WITHIN_SECONDS) as answer:  # noqa: S310  (PUBLIC_URL)
            report = json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code != http.HTTPStatus.SERVICE_UNAVAILABLE:
            return [Note(False, f"{url} answers {error.code}", "Does PUBLIC_URL lead here? Is its host allowed?")]
        report = json.load(error)
    except (OSError, ValueError) as trouble:
        return [
            Note(False, f"{url}: {trouble}", "Is the server running, and does PUBLIC_URL (and the proxy) lead to it?")
        ]
    notes = [Note(True, f"{url} answers: {report['status']}")]
    for name, check in report["checks"].items():
        notes.append(Note(check["ok"], f"{name} {check['says']}", "" if check["ok"] else _REMEDIES[name]))
    return notes


_REMEDIES = {
    "database": "Check DATABASE_URL and that the server runs.",
    "migrations": "Run: manage.py migrate",
    "layer": "Check REDIS_URL and that the server runs. Messages still arrive, up to a second later.",
    "worker": "Start a worker: celery --app mediation.config.celery worker",
    "beat": "Start exactly one beat: celery --app mediation.config.celery beat",
}


def _policy(public_url: str) -> Note:
    try:
        with urllib.request.urlopen(f"{public_url}/accounts/login/", timeout=ANSWER_WITHIN_SECONDS) as page:  # noqa: S310
            policy = page.headers.get("Content-Security-Policy", "")
    except OSError as trouble:
        return Note(False, f"the sign-in page: {trouble}", "Look at the web's log.")
    if "default-src 'none'" not in policy:
        return Note(False, "the content security policy is missing", "The proxy must not drop or replace the header.")
    return Note(True, "the content security policy arrives")


def own_socket(public_url: str) -> Note:
    try:
        answer = open_socket(public_url, path=SOCKET_PATH, origin=_origin(public_url))
    except (OSError, http.client.HTTPException) as trouble:
        return Note(False, f"no socket through {public_url}: {trouble}", "The proxy must pass WebSocket upgrades.")
    if answer.is_open:
        return Note(True, "a socket opens through the public address")
    if answer.status == REFUSED:
        return Note(False, "our own origin is refused", f"Put {_origin(public_url)} into LIVE_ORIGINS.")
    return Note(
        False,
        f"the socket is answered with {answer.status} {answer.reason} ({answer.server or 'unknown server'})",
        "The proxy must pass the Upgrade and Connection headers, with HTTP/1.1, to the web process.",
    )


def strange_socket(public_url: str) -> Note:
    try:
        answer = open_socket(public_url, path=SOCKET_PATH, origin=STRANGER)
    except (OSError, http.client.HTTPException):
        return Note(True, "a socket from another site is refused")
    if answer.is_open:
        return Note(False, "a socket from another site is accepted", "The proxy must pass the Origin header unchanged.")
    return Note(True, "a socket from another site is refused")


def _origin(public_url: str) -> str:
    parts = urlsplit(public_url)
    return f"{parts.scheme}://{parts.netloc}"
