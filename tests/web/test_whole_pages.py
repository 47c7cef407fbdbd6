"""Refusals that are a whole page, the language of any page, and what every page carries."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from tests.cast import Cast


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("400.html", "could not be read"),
        ("403.html", "not yours to read"),
        ("403_csrf.html", "open for too long"),
        ("404.html", "nothing here"),
        ("500.html", "our fault"),
    ],
)
def test_a_refusal_says_what_happened_and_needs_no_database(template: str, words: str) -> None:
    html = render_to_string(template)
    assert words in html
    assert 'href="/"' in html


def test_a_page_that_is_not_there_is_in_our_words(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.client)
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_our_words(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.client)
    answer = strict.post("/language/", {"language": "nl"})
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def test_a_person_keeps_the_language_they_chose(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.client)
    answer = client.post("/language/", {"language": "nl", "next": "/rooms/?show=unread"})
    assert answer["Location"] == "/rooms/?show=unread"
    cast.client.refresh_from_db()
    assert cast.client.language == "nl"
    assert 'lang="nl"' in client.get("/rooms/").content.decode()


@pytest.mark.parametrize(("language", "onward"), [("xx", "/rooms/"), ("nl", "https://elsewhere.example/")])
def test_a_language_that_we_do_not_speak_or_a_way_out_is_not_followed(cast: Cast, language: str, onward: str) -> None:
    client = Client()
    client.force_login(cast.client)
    answer = client.post("/language/", {"language": language, "next": onward})
    assert answer["Location"] in {"/", "/rooms/"}
    cast.client.refresh_from_db()
    assert cast.client.language in {"en", "nl"}


def test_who_is_not_signed_in_keeps_a_language_too(client: Client, db: None) -> None:
    client.post("/language/", {"language": "es", "next": "/accounts/login/"})
    assert 'lang="es"' in client.get("/accounts/login/").content.decode()


def test_every_page_carries_what_scripts_need(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.client)
    html = client.get("/rooms/").content.decode()
    for part in (
        'name="csrf-token"',
        'id="announcer"',
        'id="toasts"',
        'class="skip"',
        "data-zone=",
        "interactive-widget",
    ):
        assert part in html


def test_every_icon_that_a_page_names_is_drawn() -> None:
    sprite = (settings.BASE_DIR / "templates/components/_sprite.html").read_text()
    drawn = set(re.findall(r'id="i-([a-z]+)"', sprite))
    pages = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    scripts = "".join(path.read_text() for path in (settings.BASE_DIR / "static/js").rglob("*.js"))
    named = re.findall(r'(?:{% icon |glyph=)"([a-z]+)"', pages)
    named += re.findall(r'(?:\bicon\(|setIcon\(\w+, )"([a-z]+)"', scripts)
    assert set(named) <= drawn
