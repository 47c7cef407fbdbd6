"""Folders of articles: the product's own, there and back, and what is wrong with one."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mediation.help_center.actions import folders
from mediation.help_center.models import Article, Version
from mediation.help_center.queries.numbers import VOCABULARY
from mediation.help_center.rules import files

GOOD = "---\ntitle: Who pays?\nsection: money\naudience: client\nasks:\n- a\n- b\n- c\n---\nThe client.\n"


def test_our_own_articles_are_whole_in_every_language() -> None:
    found = folders.read_folder(folders.OURS)
    assert found.faults == []
    assert {slug for slug, pages in found.pages.items() if set(pages) != {"en", "es", "nl"}} == set()
    assert {slug for slug, titles in found.sections.items() if set(titles) != {"en", "es", "nl"}} == set()


@pytest.mark.django_db
def test_there_and_back_and_a_second_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("help_import")
    count = Version.objects.count()
    assert count == 3 * Article.objects.count() > 0
    call_command("help_export", tmp_path)
    capsys.readouterr()
    call_command("help_import", tmp_path)
    assert f"0 new, 0 changed, {count} as they were." in capsys.readouterr().out
    path = tmp_path / "nl" / "evidence.md"
    path.write_text(path.read_text() + "\nNieuw.")
    call_command("help_import", tmp_path, "--only-new")
    assert Version.objects.count() == count
    call_command("help_import", tmp_path, "--dry-run")
    assert Version.objects.count() == count
    call_command("help_import", tmp_path)
    assert Version.objects.count() == count + 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: begin with"),
        (GOOD.replace("Who pays?", "Who pays"), "2: title"),
        (GOOD.replace("section: money\n", ""), "1: section"),
        (GOOD.replace("client\n", "everyone\n", 1), "4: audience"),
        (GOOD.replace("- c\n", ""), "5: asks"),
        (GOOD.replace("The client.", "x\n{{ policy.nothing }}"), "11: {{ policy.nothing }}"),
        (GOOD.replace("The client.", ""), "10: write a text"),
        (GOOD.replace("audience", "audiense"), "4: say one of"),
        (GOOD.replace("asks:", "title: Again?\nasks:"), "5: title is said twice"),
        (GOOD.replace("asks:", "review: soon\nasks:"), "5: review"),
        (GOOD.replace("asks:", "position: -1\nasks:"), "5: position"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, fault: str) -> None:
    page, faults = files.read(text, VOCABULARY, is_first=True)
    assert page is None
    assert any(f"{one.line}: {one.why}".startswith(fault) for one in faults), faults


@pytest.mark.django_db
def test_a_folder_with_a_fault_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "sections.txt").write_text("money: Money\nnonsense\n")
    (tmp_path / "en" / "who-pays.md").write_text(GOOD)
    (tmp_path / "en" / "Wrong_Name.md").write_text(GOOD)
    (tmp_path / "en" / "latin.md").write_bytes(b"---\ntitle: \xe9?\n")
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "sections.txt").write_text("")
    (tmp_path / "es" / "alone.md").write_text(GOOD)
    with pytest.raises(CommandError) as refused:
        call_command("help_import", tmp_path)
    said = str(refused.value).replace(str(tmp_path), "")
    for place in ("/en/sections.txt:2:", "/en/Wrong_Name.md:1:", "/en/latin.md:2:", "/en/alone.md:1:"):
        assert place in said
    assert not Article.objects.exists()
    with pytest.raises(CommandError, match="no folder en"):
        call_command("help_import", tmp_path / "nowhere")
