"""Money as readers of each language read and type it. The scripts are held to the same cases (tests/js)."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mediation.disputes.money import MINOR_DIGITS, MOST_DIGITS, SYMBOLS, NotASum, how_to_write, money, typed, written
from tests.js.node import node

CASES: dict[str, list[list[Any]]] = json.loads(Path(__file__).with_name("money.json").read_text())
SCRIPT = Path(__file__).parents[2] / "static/js/lib/money.js"


@pytest.mark.parametrize(("minor", "currency", "language", "text"), CASES["shown"])
def test_money_is_written_as_its_reader_writes_it(minor: int, currency: str, language: str, text: str) -> None:
    assert money(minor, currency, language).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(("minor", "currency", "language", "text"), CASES["written"])
def test_a_field_holds_a_sum_as_its_reader_types_it(minor: int, currency: str, language: str, text: str) -> None:
    assert written(minor, currency, language) == text


@pytest.mark.parametrize(("text", "currency", "language", "minor"), CASES["typed"])
def test_a_sum_is_read_as_its_writer_means_it_or_asked_back(
    text: str, currency: str, language: str, minor: int | None
) -> None:
    if minor is None:
        with pytest.raises(NotASum):
            typed(text, currency, language)
    else:
        assert typed(text, currency, language) == minor


@given(
    minor=st.integers(0, 10**MOST_DIGITS - 1),
    currency=st.sampled_from(["USD", "JPY", "KWD", "EUR"]),
    language=st.sampled_from(["en", "es", "nl"]),
)
def test_what_we_write_is_read_as_the_same_sum(minor: int, currency: str, language: str) -> None:
    assert typed(written(minor, currency, language), currency, language) == minor
    if MINOR_DIGITS.get(currency, 2):
        assert typed(money(minor, currency, language), currency, language) == minor


def test_the_examples_can_be_read_themselves() -> None:
    sentences = {}
    for language in ("en", "es", "nl"):
        with translation.override(language):
            for currency in ("JPY", "USD", "KWD"):
                sentences[language, currency] = how_to_write(currency)
    assert sentences["en", "USD"] == "Write the sum like 1,234.56 or 1234.56."
    assert "1.234,567" in sentences["es", "KWD"]
    assert "1.234 " in sentences["nl", "JPY"]


@pytest.mark.skipif(node() is None, reason="there is no node, not even Playwright's")
def test_the_scripts_know_the_same_currencies() -> None:
    command = f"import('{SCRIPT}').then((m) => console.log(JSON.stringify([m.MINOR_DIGITS, m.SYMBOLS])))"
    done = subprocess.run([node(), "-e", command], capture_output=True, text=True, timeout=30, check=True)
    assert json.loads(done.stdout) == [MINOR_DIGITS, SYMBOLS]
