"""HTTP to Zendesk: one request, sent once. No library repeats a write here: an update sent twice is two comments.

What went wrong says what is known: `NotTaken`, the ticket is as it was; `Unsure`, nobody can tell. A redirect is not
followed, so the token goes nowhere else.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import httpx

from mediation.zendesk.rules.pace import wait_said

TIMEOUT = httpx.Timeout(connect=4.0, read=15.0, write=15.0, pool=4.0)
SCOPE = "read write"
MOST_SECONDS = 30.0  # in all
LARGEST = 32 * 1024 * 1024


class Trouble(Exception):
    """Base. `code` is stable and carries no word of the other side: that may quote what people wrote."""

    def __init__(self, code: str, *, named: frozenset[str] = frozenset()) -> None:
        super().__init__(code)
        self.code = code
        self.named = named


class Unsure(Trouble):
    """It was sent, and whether it was applied is not known: `timeout`, `connection`, `server`."""


class NotTaken(Trouble):
    """It was not applied."""


class Unreachable(NotTaken):
    """Nothing was sent: nobody answers at that address."""


class Limited(NotTaken):
    """Too fast. `wait` is how long to be silent."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("limited")
        self.wait = wait


class TokenEnded(NotTaken):
    """401: the token is not known (any more)."""


class NotAllowed(NotTaken):
    """403: a scope or role is missing; asking again helps nothing."""


class Missing(NotTaken):
    """404 or 410: it is not there (any more)."""


class Stale(NotTaken):
    """409: somebody changed the ticket since, or, for a new ticket, nobody knows."""


class Invalid(NotTaken):
    """400 or 422. `code` is the record's own (`RecordInvalid`, `UserSuspended` …), `named` the fields
    it complains of, and the codes of what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: `data` is the JSON, whatever its content type says."""

    status: int
    data: dict[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=4)
def _http(base: str) -> httpx.Client:
    limits = httpx.Limits(max_connections=8, max_keepalive_connections=4, keepalive_expiry=20)
    return httpx.Client(base_url=base, timeout=TIMEOUT, follow_redirects=False, trust_env=False, limits=limits)


def mint(base: str, client_id: str, client_secret: str) -> tuple[str, timedelta]:
    """A new token of the service user (client credentials), and how long it lives. Raises Trouble."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": client_secret,
        "scope": SCOPE,
    }
    answer = _send(base, "POST", "/oauth/tokens", content=_json(asked), headers={"Content-Type": "application/json"})
    try:
        return str(answer.data["access_token"]), timedelta(seconds=int(answer.data.get("expires_in") or 1800))
    except (KeyError, TypeError, ValueError) as problem:
        raise Unsure("unreadable") from problem


def ask(
    base: str,
    token: str,
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    params: Mapping[str, str | int] | None = None,
    key: UUID | None = None,
    content_type: str = "application/json",
) -> Answer:
    """One request of the API, sent once; `key` is its Idempotency-Key. Raises Trouble."""
    headers = {"Authorization": f"Bearer {token}"}
    if body is not None:
        headers["Content-Type"] = content_type
    if key is not None:
        headers["Idempotency-Key"] = str(key)
    return _send(base, method, path, content=body, params=params, headers=headers)


def _send(
    base: str,
    method: str,
    path: str,
    *,
    content: bytes | None = None,
    params: Mapping[str, str | int] | None = None,
    headers: Mapping[str, str],
) -> Answer:
    sent = {**headers, "Accept": "application/json", "User-Agent": "Parley"}
    until = time.monotonic() + MOST_SECONDS
    try:
        with _http(base).stream(method, path, content=content, params=params, headers=sent) as got:
            body = _read_all(got, until)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as problem:
        raise Unreachable("unreachable") from problem
    except httpx.TimeoutException as problem:
        raise Unsure("timeout") from problem
    except httpx.HTTPError as problem:
        raise Unsure("connection") from problem
    if got.is_success:
        return Answer(got.status_code, _read(body), got.headers)
    raise _trouble(got, body)


def _read_all(got: httpx.Response, until: float) -> bytes:
    """The whole answer, by then: a server that sends a byte now and then must not outlive a ticket's lease."""
    body = bytearray()
    for chunk in got.iter_bytes():
        body += chunk
        if time.monotonic() > until or len(body) > LARGEST:
            raise httpx.ReadTimeout("too long")
    return bytes(body)


def _read(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise Unsure("unreadable") from problem
    return data if isinstance(data, dict) else {}


_PASSING = frozenset({423, 425})  # locked, too early
_BY_STATUS: dict[int, type[NotTaken]] = {401: TokenEnded, 403: NotAllowed, 404: Missing, 410: Missing, 409: Stale}


def _trouble(got: httpx.Response, body: bytes) -> Trouble:
    if got.status_code == 429:
        return Limited(wait_said(got.headers.get("Retry-After")))
    if got.status_code in _PASSING:
        return Limited(wait_said(got.headers.get("Retry-After")))
    if got.status_code >= 500 or got.status_code < 400 or got.status_code == 408:
        return Unsure("server")
    if kind := _BY_STATUS.get(got.status_code):
        return kind(kind.__name__.lower())
    code, named = _described(body)
    return Invalid(code, named=named)


def _described(body: bytes) -> tuple[str, frozenset[str]]:
    """The record's own code, and what it names; `invalid` for a body that cannot be read."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return "invalid", frozenset()
    error, details = (data.get("error"), data.get("details")) if isinstance(data, dict) else (None, None)
    code = error if isinstance(error, str) and error.isidentifier() else "invalid"
    if not isinstance(details, dict):
        return code[:60], frozenset()
    lists = [found for found in details.values() if isinstance(found, list)]
    codes = (str(one.get("error")) for found in lists for one in found if isinstance(one, dict))
    return code[:60], frozenset((*details, *codes))


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
