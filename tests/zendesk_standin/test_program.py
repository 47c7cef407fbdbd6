"""The program: it keeps its state, and says what stops it from starting."""

import subprocess
import sys
from pathlib import Path

from tests.zendesk_standin.running import ROOT, Standin
from tests.zendesk_standin.said import comments, make_ticket


def test_tickets_survive_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "zendesk.json"
    first = Standin("--state", str(state))
    with first.client() as client:
        number = make_ticket(client, external_id="kept", requester={"name": "Case 1", "email": "c@example.com"})["id"]
    first.stop()
    again = Standin("--state", str(state))
    try:
        with again.client() as client:
            [found] = client.get("tickets", params={"external_id": "kept"}).json()["tickets"]
            assert (found["id"], comments(client, number)[0]["body"]) == (number, "Hello")
            assert make_ticket(client)["id"] == number + 1
    finally:
        again.stop()


def test_a_program_that_cannot_start_says_why(standin: Standin, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    port = standin.url.rsplit(":", 1)[1]
    for arguments, words in (
        (["--port", port], "cannot start"),
        (["--port", "0", "--state", str(broken)], "Remove that file"),
    ):
        command = [sys.executable, str(ROOT / "manage.py"), "zendesk_standin", *arguments]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (ended.returncode, words in ended.stderr) == (1, True), ended.stderr
