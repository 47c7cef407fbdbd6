"""One thing has one word in each language: who reads two looks for two things."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client

from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.ways import case_in

# What another word stands for everywhere, as a whole word or the beginning of one.
OTHERS = {
    "nl": (
        "leidinggevende",
        "supervisor",
        "bemiddelaar",
        "aanbod",
        "aanbieding",
        "stilgelegd",
        "stilleggen",
        "klant",
        "in bewaring",
        "herziening",
        "in mediation",
        "het akkoord",
        "een akkoord",
        "geen akkoord",
        "niet akkoord",
    ),
    "es": ("un mediador", "supervisor", "reclamo", "expediente del caso", "puja", "ofertas? sellada"),
}


@pytest.mark.parametrize(("language", "words"), OTHERS.items())
def test_no_second_word_is_left(language: str, words: tuple[str, ...]) -> None:
    catalogue = polib.pofile(str(Path(settings.BASE_DIR) / f"locale/{language}/LC_MESSAGES/django.po"))
    said = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]
    articles = Path(settings.BASE_DIR).glob(f"mediation/help_center/articles/{language}/*.md")
    said += [line for article in articles for line in article.read_text().splitlines()]
    assert [text for text in said if re.search(rf"\b({'|'.join(words)})", text, re.IGNORECASE)] == []


@pytest.mark.django_db
def test_a_closed_case_is_about_what_was_in_dispute(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.CLOSED)
    client.force_login(cast.client)
    page = client.get(f"/rooms/{case.row.room_id}/").content.decode()
    assert "was in dispute" in page
    assert not re.search(r">\s*in dispute\s*<", page)
