"""The product's own articles: whole in each language, with the numbers of the policy, and found as people ask."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from mediation.disputes.rules.policy import Terms
from mediation.help_center.actions import folders
from mediation.help_center.models import Version
from mediation.help_center.queries.search import matching
from mediation.help_center.rules import files, placeholders
from tests.cast import Cast

LEAST_ARTICLES = 44
LEAST_WORDS, MOST_WORDS = 220, 450
FOUND_AMONG = 3
LANGUAGES = ("en", "es", "nl")
PAGES = folders.read_folder(folders.OURS).pages
# Digits that mean no policy though one has the same value: where, and which.
OTHER_NUMBERS = {("queues-and-laying-aside", "1")}  # the keys 1 to 9
_LIST_MARK = re.compile(r"^\d+\. ", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w])\d+(?:[.,]\d+)*")


def each() -> Iterator[tuple[str, str, files.Page]]:
    return ((slug, language, page) for slug, pages in PAGES.items() for language, page in pages.items())


def headings(page: files.Page) -> int:
    return len(re.findall(r"^## ", page.body, re.MULTILINE))


def list_items(page: files.Page) -> int:
    return len(re.findall(r"^(?:- |\d+\. )", page.body, re.MULTILINE))


def policy_numbers() -> set[str]:
    """Every value of the policy as digits; sums in minor units and in whole ones."""
    terms = Terms().as_dict()
    sums = {str(value // 100) for name, value in terms.items() if name.endswith("_minor")}
    return {str(value) for value in terms.values()} | sums


def test_there_are_articles_for_everybody() -> None:
    assert len(PAGES) >= LEAST_ARTICLES
    assert {page.audience for _slug, language, page in each() if language == "en"} == set(files.AUDIENCES)


@pytest.mark.parametrize("slug", sorted(PAGES))
def test_an_article_says_the_same_in_each_language(slug: str) -> None:
    pages = PAGES[slug]
    assert set(pages) == set(LANGUAGES)
    first = pages["en"]
    for language, page in pages.items():
        assert sorted(placeholders.names(page.body)) == sorted(placeholders.names(first.body)), language
        assert (headings(page), list_items(page)) == (headings(first), list_items(first)), language
        assert headings(page) >= 2, language
        assert LEAST_WORDS <= len(page.body.split()) <= MOST_WORDS, (language, len(page.body.split()))


def test_numbers_of_the_policy_come_by_placeholder() -> None:
    """Written out they would go on saying what was true once."""
    wrong = [
        (slug, language, number)
        for slug, language, page in each()
        for number in _NUMBER.findall(_LIST_MARK.sub("", placeholders.fill(page.body, lambda _name: " … ")))
        if re.sub(r"[.,]0+$|,", "", number) in policy_numbers() and (slug, number) not in OTHER_NUMBERS
    ]
    assert wrong == []


def test_no_number_is_excepted_that_nobody_writes() -> None:
    for slug, number in OTHER_NUMBERS:
        assert any(number in _NUMBER.findall(page.body) for page in PAGES[slug].values()), slug


def test_nobody_asks_the_same_of_two_articles() -> None:
    for language in LANGUAGES:
        asked = [ask.casefold() for pages in PAGES.values() for ask in (*pages[language].asks, pages[language].title)]
        assert len(asked) == len(set(asked)), language


@pytest.mark.django_db
def test_each_way_of_asking_finds_its_article(cast: Cast) -> None:
    call_command("help_import")
    missed = []
    for version in Version.objects.select_related("article"):
        for ask in (version.title, *version.phrasings):
            found = [one.article_id for one in matching(cast.agent, version.language, ask)]
            if version.article_id not in found[:FOUND_AMONG]:
                missed.append((version.article.slug, version.language, ask))
    assert missed == []
