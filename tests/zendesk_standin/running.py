"""The stand-in for Zendesk as a program of its own: once for each process of tests, empty for each test.

A folder of tests that wants it imports the fixtures into its conftest.py. A test asks for `standin`, points whatever
speaks to Zendesk at `standin.url`, and looks at what arrived.
"""

import atexit
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.zendesk_standin import official

CLIENT_ID, CLIENT_SECRET = "parley", "standin-client-secret"
WEBHOOK_SECRET, WEBHOOK_ID, ACCOUNT_ID = "standin-webhook-secret", "01STANDINWEBHOOK0000000000", 12345
ROOT = Path(__file__).resolve().parent.parent.parent


class Standin:
    """A running stand-in, and its control."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, str(ROOT / "manage.py"), "zendesk_standin", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line.startswith("Zendesk stand-in: "), line
        self.url = line.split()[-1]
        self._control = httpx.Client(base_url=f"{self.url}/_standin/", timeout=30)

    def stop(self) -> None:
        self._control.close()
        self.process.terminate()
        self.process.wait(20)
        assert self.process.stdout
        self.process.stdout.close()

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._control.request(method, path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def reset(self, **switches: Any) -> None:
        """As it began: seeded people, no tickets, no faults, the clock right. `switches` are those of switches.py."""
        self._ask("POST", "reset", switches)

    def set(self, **switches: Any) -> dict[str, Any]:
        """Switch without forgetting anything; gives all of them."""
        return self._ask("POST", "switches", switches)

    def requests(self, *, method: str = "", path: str = "") -> list[dict[str, Any]]:
        """What it was asked since the reset, first one first; only those of `method` whose path holds `path`.

        Each: number, at, method, path, query, headers, body (text), status (0: the connection was cut).
        """
        seen = self._ask("GET", "requests")
        return [one for one in seen if method in ("", one["method"]) and path in one["path"]]

    def faults(self, *faults: dict[str, Any]) -> None:
        """Add faults: {what, method, path (a pattern), times, after, …}, see faults.py."""
        self._ask("POST", "faults", {"faults": list(faults)})

    def clear_faults(self) -> None:
        self._ask("DELETE", "faults")

    def advance(self, seconds: float) -> str:
        """Move its clock; gives its new moment."""
        return str(self._ask("POST", "clock", {"advance": seconds})["now"])

    def stop_clock(self) -> str:
        """Until the next reset it moves by `advance` only: for what must not hang on how fast a test is."""
        return str(self._ask("POST", "clock", {"stop": True})["now"])

    def set_clock(self, moment: str) -> str:
        return str(self._ask("POST", "clock", {"at": moment})["now"])

    def as_agent(self, **act: Any) -> dict[str, Any]:
        """Do what a person does in Zendesk: who, via, do, ticket, comment, public, status, …; see acts.py."""
        return self._ask("POST", "as_agent", act)

    def webhooks(self) -> list[dict[str, Any]]:
        """Every delivery: invocation_id, body, headers, due, tries, state, statuses."""
        return self._ask("GET", "webhooks")

    def send_webhook(self, body: str, **other: Any) -> dict[str, Any]:
        """One made by hand; timestamp, signature, invocation_id, account_id and webhook_id may be given."""
        return self._ask("POST", "webhooks", {"body": body, **other})

    def mails(self) -> list[dict[str, Any]]:
        """Whom Zendesk would have written to, and why."""
        return self._ask("GET", "mails")

    def users(self) -> list[dict[str, Any]]:
        return self._ask("GET", "users")

    def wait(self, what: Callable[[], Any], *, seconds: float = 20) -> Any:
        """The first true answer of `what`."""
        late = time.monotonic() + seconds
        while not (found := what()):
            assert time.monotonic() < late, "it did not come"
            time.sleep(0.02)
        return found

    def client(self, *, scope: str = "read write") -> httpx.Client:
        """A client with a token of the service user; every answer is compared with Zendesk's own file. Close it."""
        given = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        answer = httpx.post(f"{self.url}/oauth/tokens", json={**given, "scope": scope})
        assert answer.status_code == 201, answer.text
        token = answer.json()["access_token"]
        return httpx.Client(
            base_url=f"{self.url}/api/v2/",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
            event_hooks={"response": [official.check] if official.file() else []},
        )


@cache
def program() -> Standin:
    """The one of this process of tests, however many folders use it."""
    running = Standin()
    atexit.register(running.stop)
    return running


@pytest.fixture
def standin() -> Standin:
    """Empty, with its limits off: tests of limits switch them on."""
    program().reset(limits=False)
    return program()


@pytest.fixture
def zendesk(standin: Standin) -> Iterator[httpx.Client]:
    """A client of the API with a token."""
    with standin.client() as client:
        yield client
