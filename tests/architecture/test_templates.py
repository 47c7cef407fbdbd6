"""Pages obey the content policy, and every word in them can be translated."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.architecture.tree import files, short

TEMPLATES = files("templates", "mediation", "accounts", suffix=".html")
# The stand-in for Zendesk plays somebody else's product, for whoever develops this one: it speaks English.
OURS = [path for path in TEMPLATES if path.parent.name != "zendesk_standin"]
_TAGS = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
_TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
# Blocks that stand inside a tag of the layout: values for the styles, not words.
_ATTRIBUTES = re.compile(r"{%\s*block (?:has|phone|\w+_attrs)\s*%}.*?{%\s*endblock\s*%}", re.DOTALL)
_ANY_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")
SPOKEN_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "aria-description"}
# Names are the same in every language.
NAMES = {"Parley", "Upwork", "SHA"}


class Reader(HTMLParser):
    """Collects inline scripts, styles and handlers, and the words outside translation tags."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.words: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
            self.inline.append(f"<{tag}> line {self.getpos()[0]}")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.inline.append(f"<script> line {self.getpos()[0]}")
        self.words += [
            f"{name}={value!r}" for name, value in given.items() if name in SPOKEN_ATTRIBUTES and speaks(value or "")
        ]
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "code", "kbd"}.intersection(self.inside[-1:]) and speaks(data):
            self.words.append(data.strip())


def speaks(text: str) -> bool:
    return any(word not in NAMES for word in _WORD.findall(text))


def read(path: Path) -> Reader:
    text = _TRANSLATED.sub("", _ATTRIBUTES.sub("", _TAGS.sub("", path.read_text())))
    reader = Reader()
    reader.feed(_ANY_TAG.sub("", text))
    return reader


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_has_nothing_inline(path: Path) -> None:
    assert read(path).inline == []


@pytest.mark.parametrize("path", OURS, ids=short)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    assert read(path).words == []


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_takes_nothing_from_elsewhere(path: Path) -> None:
    assert re.findall(r"""(?:src|href)\s*=\s*["'](?:https?:)?//[^"']+""", path.read_text()) == []


@pytest.mark.parametrize("path", files("static", suffix=".js"), ids=short)
def test_imports_are_written_so_that_hashing_finds_them(path: Path) -> None:
    lines = [line for line in path.read_text().splitlines() if re.match(r"\s*(import|export)\b.*\bfrom\b", line)]
    wrong = [line for line in lines if not re.search(r"""from\s*["']\.{1,2}/[^"']+["'];\s*$""", line)]
    bare = re.findall(r"""^\s*import\s*["'].*""", path.read_text(), re.MULTILINE)
    assert wrong + bare == [], 'write: import { x } from "./y.js";'
