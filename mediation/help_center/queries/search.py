"""Plain search in articles. The audience is part of the query; the best come first."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from mediation.conversations.rules import search as rules
from mediation.help_center.audience import Reader, visible_versions
from mediation.help_center.models import Version
from mediation.help_center.queries.numbers import filled
from mediation.help_center.rules import markup

PAGE = 20
_MATCHES = {
    "postgresql": "help_center_search.version_id = help_center_version.id AND help_center_search.tsv @@ %s::tsquery",
    "sqlite": "help_center_search.rowid = help_center_version.id AND help_center_search MATCH %s",
}
_TOGETHER = {"postgresql": (" & ", " | "), "sqlite": (" AND ", " OR ")}


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers; `snippet` is safe HTML with the words marked."""

    slug: str
    title: str
    snippet: SafeString


def search(reader: Reader, language: str, words: str) -> list[Hit]:
    """At most `PAGE` articles with all of the words, or where none has all, with the most of them."""
    return [_hit(version, rules.wanted_words(words)) for version in matching(reader, language, words)]


def matching(reader: Reader, language: str, words: str) -> list[Version]:
    """The versions behind the hits."""
    wanted = rules.wanted_words(words)
    if not wanted:
        return []
    every, some = (_found(reader, language, wanted, by) for by in _TOGETHER[connection.vendor])
    found = list(every[: PAGE * 3]) or list(some[: PAGE * 3])
    return sorted(found, key=lambda version: -_weight(version, wanted))[:PAGE]


def _found(reader: Reader, language: str, wanted: list[str], by: str) -> QuerySet[Version]:
    vendor = connection.vendor
    query = rules.postgresql_query if vendor == "postgresql" else rules.sqlite_query
    asked = by.join(query([word], None) for word in wanted)
    return visible_versions(reader, language).extra(  # noqa: S610 (our own text, the query is a parameter)
        tables=["help_center_search"], where=[_MATCHES[vendor]], params=[asked]
    )


def _weight(version: Version, wanted: list[str]) -> int:
    """Words in the title count most, then words in how people ask, then those in the text."""
    parts = ((5, version.title), (3, " ".join(version.phrasings)), (1, version.body))
    return sum(weight * _held(text, wanted) for weight, text in parts)


def _held(text: str, wanted: list[str]) -> int:
    held = rules.indexed_words([text])
    return sum(len(word) for word in wanted if any(one.startswith(word) for one in held))


def _hit(version: Version, wanted: list[str]) -> Hit:
    text = rules.snippet(markup.plain(filled(version.body)), wanted)
    return Hit(version.article.slug, version.title, mark_safe(text))  # noqa: S308 (escaped by `snippet`)
