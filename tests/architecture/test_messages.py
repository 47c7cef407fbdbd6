"""Spanish and Dutch are complete: a new sentence without its translation fails here."""

import ast
import re

import polib
import pytest

from tests.architecture.tree import ROOT, files, short

LANGUAGES = ["es", "nl"]
_MARKS = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext", "ngettext_lazy", "pgettext_lazy"}
_TAG = re.compile(r"""{%\s*trans(?:late)?\s+(?:"([^"]+)"|'([^']+)')""")
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w+}")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    entries = [entry for entry in catalogue(language) if not entry.obsolete]
    assert entries
    assert [entry.msgid for entry in entries if not entry.translated()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_all_its_forms(language: str) -> None:
    """Spanish has three: with two of them gettext shows the English sentence."""
    book = catalogue(language)
    forms = int(re.search(r"nplurals\s*=\s*(\d+)", book.metadata["Plural-Forms"])[1])  # type: ignore[index]
    plural = [entry for entry in book if entry.msgid_plural and not entry.obsolete]
    assert plural
    assert [entry.msgid for entry in plural if sum(map(bool, entry.msgstr_plural.values())) != forms] == []


def test_words_are_marked_by_a_name_that_is_collected() -> None:
    """xgettext knows `_` and the names themselves; a sentence behind any other alias is never translated."""
    aliases = {
        f"{short(path)}: {name.asname}"
        for path in files("accounts", "mediation", suffix=".py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name and name.asname not in (None, "_")
    }
    assert aliases == set()


def marked_sentences() -> set[str]:
    """What is marked for translation in our sources. Reads them itself: xgettext is not on every machine."""
    found: set[str] = set()
    for path in files("accounts", "mediation", suffix=".py"):
        for node in ast.walk(ast.parse(path.read_text(), short(path))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _MARKS:
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                found.update(words[-1:] if "pgettext" in ast.dump(node.func) else words[:1])
    for path in files("templates", "accounts", "mediation", suffix=".html"):
        found.update(double or single for double, single in _TAG.findall(path.read_text()))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_sentence_is_in_the_catalogue(language: str) -> None:
    known = {entry.msgid for entry in catalogue(language) if not entry.obsolete}
    assert sorted(marked_sentences() - known) == [], "run make messages, then translate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_places_for_values(language: str) -> None:
    def places(text: str) -> set[str]:
        return set(_PLACE.findall(text))

    wrong = [
        entry.msgid
        for entry in catalogue(language)
        if entry.translated() and not entry.msgid_plural and places(entry.msgid) != places(entry.msgstr)
    ]
    assert wrong == []
