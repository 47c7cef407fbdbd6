"""Plain search: words, their beginnings, the best first, and whatever people type."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from mediation.help_center.queries.search import search
from tests.api.fuzz import ODD_TEXTS
from tests.help_center.pages import published

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    return [hit.slug for hit in search(AnonymousUser(), "en", words)]


def test_all_the_words_or_the_most_of_them() -> None:
    published("escrow", "What is escrow?", "Money waits until you approve.")
    published("offer", "How do I make an offer?", "An offer names an amount of money.")
    assert found("escrow money") == ["escrow"]
    assert found("MONÉY offers-nothing offer") == ["offer", "escrow"]
    assert found("approv") == ["escrow"]
    assert found("zebra") == []
    assert found("   ") == []


def test_a_word_in_the_title_counts_most() -> None:
    published("text", "Who pays?", "Words about an offer.")
    published("title", "How do I make an offer?", "Nothing more.")
    assert found("offer") == ["title", "text"]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_whatever_is_typed_is_answered(client: Client, text: str) -> None:
    assert client.get("/help/search/", {"q": text}).status_code == 200


def test_what_was_found_is_marked_and_safe() -> None:
    published("odd", "Odd?", "An offer <b>here</b>.")
    assert search(AnonymousUser(), "en", "offer")[0].snippet == "An <mark>offer</mark> &lt;b&gt;here&lt;/b&gt;."
