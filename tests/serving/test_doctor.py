"""The doctor, on a real web process and on addresses that lead nowhere."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mediation.serving import diagnosis
from mediation.serving.handshake import Answer
from tests.live.server import LiveServer, free_port

PLACE = "https://parley.example.com"


@pytest.fixture
def web(transactional_db: None) -> Iterator[LiveServer]:
    server = LiveServer().start()
    yield server
    server.stop()


def test_a_running_web_is_examined_through_its_own_socket(web: LiveServer) -> None:
    said = {note.says: note.ok for note in diagnosis.examine(web.origin)}
    assert said["a socket opens through the public address"]
    assert said["a socket from another site is refused"]
    assert said["the content security policy arrives"]


def test_nobody_there_is_said_with_what_to_do() -> None:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", "--url", f"http://127.0.0.1:{free_port()}", stdout=out)
    assert "Is the server running" in out.getvalue()


@pytest.mark.parametrize(
    ("answer", "says", "remedy"),
    [
        (Answer(101, "Switching Protocols", ""), "a socket opens", ""),
        (Answer(403, "Forbidden", ""), "our own origin is refused", "LIVE_ORIGINS"),
        (Answer(404, "Not Found", "nginx"), "answered with 404 Not Found (nginx)", "Upgrade"),
    ],
)
def test_each_kind_of_answer_to_the_socket_has_its_remedy(monkeypatch, answer: Answer, says: str, remedy: str) -> None:
    monkeypatch.setattr(diagnosis, "open_socket", lambda *args, **kwargs: answer)
    note = diagnosis.own_socket(PLACE)
    assert says in note.says
    assert remedy in note.remedy


def test_a_socket_open_to_strangers_is_wrong(monkeypatch) -> None:
    monkeypatch.setattr(diagnosis, "open_socket", lambda *args, **kwargs: Answer(101, "", ""))
    assert not diagnosis.strange_socket(PLACE).ok
