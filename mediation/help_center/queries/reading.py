"""What readers see: the sections with their articles, one article, and what goes with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mediation.core.errors import NotFound
from mediation.help_center.audience import FALLBACK, Reader, visible_versions
from mediation.help_center.models import Redirect, SectionTitle, Version
from mediation.help_center.queries.numbers import filled
from mediation.help_center.rules import markup

RELATED = 4
_LEAD = 160


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a list."""

    slug: str
    title: str
    lead: str


@dataclass(frozen=True, slots=True)
class Group:
    """A section with those of its articles that the reader may read."""

    slug: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article to read: `html` is safe and has the numbers of now."""

    id: UUID
    version: int
    slug: str
    language: str
    title: str
    html: str
    audience: str
    reviewed_at: datetime | None
    section_slug: str
    section_title: str
    related: tuple[Line, ...]


def groups(reader: Reader, language: str, *, section: str = "") -> list[Group]:
    """The sections in their order, without those that have nothing for the reader."""
    found = visible_versions(reader, language)
    if section:
        found = found.filter(article__section__slug=section)
    ordered = found.order_by("article__section__position", "article__section__slug", "article__position", "title")
    titles = _section_titles(language)
    sorted_into: dict[str, list[Line]] = {}
    for version in ordered:
        sorted_into.setdefault(version.article.section.slug, []).append(line(version))
    return [Group(slug, titles.get(slug, slug), tuple(lines)) for slug, lines in sorted_into.items()]


def section(reader: Reader, language: str, slug: str) -> Group:
    """One section. Raises NotFound for one that has nothing for the reader."""
    found = groups(reader, language, section=slug)
    if not found:
        raise NotFound
    return found[0]


def article(reader: Reader, language: str, slug: str) -> Reading:
    """What stands at an address. Raises NotFound for what is not there, not published, or not for the reader."""
    version = visible_versions(reader, language).filter(article__slug=slug).first()
    if version is None:
        raise NotFound
    near = visible_versions(reader, language).filter(article__section=version.article.section)
    return shown(version, language, _beside(version, list(near.order_by("article__position", "title"))))


def _beside(version: Version, section: list[Version]) -> list[Version]:
    """Its neighbours in the section, as many after as before it where there are: what it is read with."""
    place = next(number for number, one in enumerate(section) if one.pk == version.pk)
    begin = max(min(place - RELATED // 2, len(section) - RELATED - 1), 0)
    return [one for one in section[begin : begin + RELATED + 1] if one.pk != version.pk]


def shown(version: Version, language: str, related: Iterable[Version] = ()) -> Reading:
    """A version as its readers see it."""
    section = version.article.section
    return Reading(
        version.article_id, version.pk, version.article.slug, version.language, version.title,
        markup.render(filled(version.body)), version.article.audience, version.published_at, section.slug,
        _section_titles(language).get(section.slug, section.slug), tuple(line(one) for one in related),
    )  # fmt: skip


def moved_to(reader: Reader, language: str, slug: str) -> str | None:
    """Where an article that was at this address is now, if the reader may read it."""
    found = Redirect.objects.filter(slug=slug, article__versions__in=visible_versions(reader, language))
    return found.values_list("article__slug", flat=True).first()


def line(version: Version) -> Line:
    """A version in a list, with its first words."""
    words = markup.plain(filled(version.body.partition("\n\n")[0]))
    lead = words if len(words) <= _LEAD else words[:_LEAD].rpartition(" ")[0] + "…"
    return Line(version.article.slug, version.title, lead)


def _section_titles(language: str) -> dict[str, str]:
    rows = SectionTitle.objects.filter(language__in={language, FALLBACK}).values_list(
        "section__slug", "language", "title"
    )
    return {slug: title for slug, spoken, title in sorted(rows, key=lambda row: row[1] == language)}
