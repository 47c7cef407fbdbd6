"""Whoever reads in another language sees no English but names and what people wrote: every other word of a page comes
from the catalogue. A catalogue that puts each sentence between ⟦ and ⟧ shows which words did not."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings

from accounts.models import User
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SIGNED_OUT = [
    "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/password/reset/key/none-none/", "/accounts/confirm-email/none/", "/accounts/inactive/", "/nowhere/",
    "/help/workflow/",
    "/help/confidentiality/",
]  # fmt: skip
SIGNED_IN = [
    "/rooms/", "/rooms/?show=unread", "/rooms/?show=ended", "/rooms/?q=zebra", "/search/", "/search/?q=zebra",
    "/search/?q=zebra&audience=joint", "/search/?q=quarrel", "/settings/profile/", "/accounts/email/",
    "/accounts/password/change/", "/accounts/logout/", "/waiting/", "/nowhere/",
    "/cases/verify/",
]  # fmt: skip
SPOKEN = {"title", "alt", "placeholder", "aria-label", "aria-description"}
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")
# Names, units and what the cast wrote.
NAMES = set(
    WORD.findall(
        "Parley Upwork Helen Marsh Mateo Giraldo Ana Duarte Priya Nair Website redesign quarrel HM MG AD PN UTC US "
        "English Español Nederlands mateo giraldo ana duarte priya nair example test"
    )
)


class Page(HTMLParser):
    """Collects what a page says: its texts, its spoken attributes, and the words it hands to the scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "time":
            self.said += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in {"meta", "link", "input", "img", "br", "hr", "use", "path", "circle", "rect", "option"}:
            self.inside.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == each for each, _attrs in self.inside):
            while self.inside.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tag, attrs = self.inside[-1] if self.inside else ("", {})
        if attrs.get("id") in {"words", "inbox-words"}:
            self.said += list(strings(json.loads(data)))
        elif tag not in {"script", "style", "kbd", "code", "time", "datalist", "textarea"}:
            self.said.append(data)


# What the scripts are handed beside words.
NO_WORDS = frozenset({"icon", "role_icons", "system_icons", "people", "me", "weekdays", "months", "sign", "commands"})


def strings(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in NO_WORDS:
                yield from strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)
    elif isinstance(value, str):
        yield value


def unmarked(html: str) -> list[str]:
    """What a page says outside ⟦ ⟧. A sentence may go on through several tags, and may hold another one."""
    rest = "\n".join(" ".join(text.split()) for text in Page(html).said)
    while MARKED.search(rest):
        rest = MARKED.sub(" ", rest)
    return [line.strip() for line in rest.split("\n") if any(word not in NAMES for word in WORD.findall(line))]


@pytest.fixture
def bracketed(tmp_path: Path, settings: Settings) -> None:
    """Spanish with every sentence of the catalogue between ⟦ and ⟧."""
    catalogue = polib.pofile(str(Path(django_settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES" / "django.po"))
    for entry in catalogue:
        if "format" not in (entry.msgctxt or ""):
            entry.msgstr = f"⟦{entry.msgstr}⟧" if entry.msgstr else ""
            entry.msgstr_plural = {form: f"⟦{text}⟧" for form, text in entry.msgstr_plural.items()}
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue.save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path]


def speak_spanish(cast: Cast, *people: User) -> None:
    for user in people:
        user.language = "es"
        user.save(update_fields=["language"])
    cast.say(cast.client, "A quarrel")
    cast.mediate()
    cast.say(cast.freelancer, "A quarrel")


@pytest.mark.parametrize("address", SIGNED_OUT)
def test_a_page_for_everybody_says_nothing_outside_the_catalogue(bracketed: None, client: Client, address: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "es"}, follow=True)
    assert unmarked(answer.content.decode()) == []


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_a_page_about_a_mishap_says_nothing_outside_the_catalogue(bracketed: None, name: str) -> None:
    with translation.override("es"):
        assert unmarked(render_to_string(f"{name}.html")) == []


@pytest.mark.parametrize("role", ["freelancer", "mediator", "agent"])
def test_the_pages_of_a_person_say_nothing_outside_the_catalogue(
    bracketed: None, client: Client, cast: Cast, role: str
) -> None:
    reader = getattr(cast, role)
    speak_spanish(cast, reader)
    client.force_login(reader)
    room = f"/rooms/{cast.room.pk}/"
    threads = {"freelancer": ["joint", "caucus_freelancer"], "mediator": ["joint", "caucus_client", "internal"]}
    rooms = [room, *(f"{room}?thread={cast.id_of(name)}" for name in threads.get(role, ["internal"]))]
    left = {address: unmarked(client.get(address, follow=True).content.decode()) for address in [*SIGNED_IN, *rooms]}
    assert {address: said for address, said in left.items() if said} == {}
