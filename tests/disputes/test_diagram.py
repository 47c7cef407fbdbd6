"""The diagram is the table, drawn: in the project's notes and in the help."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mediation.disputes.management.commands.workflow_diagram import BEGIN, END, readme, with_diagram
from mediation.disputes.rules import diagram
from mediation.disputes.rules.states import State
from mediation.disputes.rules.table import COMMANDS, TABLE
from mediation.web import case_words
from mediation.web.workflow_chart import PLACES


def test_the_notes_show_the_table_as_it_is() -> None:
    text = readme().read_text()
    assert with_diagram(text) == text, "run manage.py workflow_diagram --write"


def test_every_command_is_in_it_and_every_state_is_reached() -> None:
    drawn = {command for arrow in diagram.arrows() for command in arrow.commands}
    staying = {command for commands in diagram.staying().values() for command in commands}
    assert drawn | staying == COMMANDS | {"start_claim"}
    assert {arrow.target for arrow in diagram.arrows()} == {state.value for state in State}


def test_a_new_line_of_the_table_is_a_new_arrow(monkeypatch: object) -> None:
    line = TABLE[1]
    monkeypatch.setattr(diagram, "TABLE", [*TABLE, line.__class__("leap", line.states, State.SETTLING, line.who)])
    assert "draft --> settling: leap" in diagram.mermaid()
    assert with_diagram(readme().read_text()) != readme().read_text()


def test_it_is_printed() -> None:
    out = StringIO()
    call_command("workflow_diagram", stdout=out)
    assert out.getvalue().strip() == diagram.mermaid()


def test_it_is_written_between_its_markers(tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError):
        call_command("workflow_diagram", write=True)
    notes = tmp_path / "mediation" / "README.md"
    notes.parent.mkdir()
    notes.write_text(f"Before\n{BEGIN}\nold\n{END}\nAfter\n")
    call_command("workflow_diagram", write=True)
    assert notes.read_text().startswith(f"Before\n{BEGIN}\n```mermaid\n")
    assert notes.read_text().endswith(f"```\n{END}\nAfter\n")
    for text in ("No markers", f"Only one: {BEGIN}"):
        notes.write_text(text)
        with pytest.raises(CommandError, match="markers"):
            call_command("workflow_diagram", write=True)
        assert notes.read_text() == text


def test_everything_in_it_has_a_name_and_a_place() -> None:
    assert set(case_words.COMMANDS) == COMMANDS | {"start_claim"}
    assert set(case_words.STATES) == {state.value for state in State}
    assert set(PLACES) == {state.value for state in State}


def test_the_help_page_shows_it_to_everybody(client: Client, db: None) -> None:
    html = client.get("/help/workflow/", headers={"Accept-Language": "nl"}).content.decode()
    for arrow in diagram.arrows():
        assert f'data-arrow="{arrow.source}-{arrow.target}"' in html
    for state in State:
        assert f'id="state-{state}"' in html
