"""Articles from and to a folder of Markdown files: `<folder>/<language>/<slug>.md`, sections in `sections.txt`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from mediation.help_center.actions import addresses, publishing
from mediation.help_center.audience import FALLBACK
from mediation.help_center.models import SLUG, Article, Redirect, Section, SectionTitle, Version
from mediation.help_center.queries.numbers import VOCABULARY
from mediation.help_center.rules import files

OURS = Path(__file__).resolve().parent.parent / "articles"
SECTIONS = "sections.txt"


@dataclass
class Found:
    """What a folder holds: slug → language → page, section → language → title, and `file:line: what is wrong`."""

    pages: dict[str, dict[str, files.Page]] = field(default_factory=dict)
    sections: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_folder(folder: Path) -> Found:
    """Everything in it, and everything that is wrong with it. Writes nothing."""
    found = Found()
    languages = [code for code, _name in settings.LANGUAGES if (folder / code).is_dir()]
    if FALLBACK not in languages:
        found.faults.append(f"{folder}:1: there is no folder {FALLBACK} in it; articles are {FALLBACK}/<address>.md")
    for language in languages:
        _read_sections(folder / language / SECTIONS, language, found)
        for path in sorted((folder / language).glob("*.md")):
            _read_page(path, language, found)
    for slug, pages in found.pages.items():
        first = pages.get(FALLBACK)
        path = folder / FALLBACK / f"{slug}.md"
        if first is None and not any(fault.startswith(f"{path}:") for fault in found.faults):
            found.faults.append(f"{path}:1: this article is there in another language; write it in this one, too")
        elif first is not None and first.section not in found.sections:
            found.faults.append(f"{path}:1: section: {first.section} does not stand in {SECTIONS}")
    found.faults += _ambiguous(folder, found)
    return found


@transaction.atomic
def import_folder(found: Found, *, only_new: bool = False) -> Counter[str]:
    """Bring the site to what the folder says; returns how many are `new`, `changed`, `same`. A second run changes
    nothing. With `only_new` an article that is there stays as it is, whoever changed it.
    """
    counts: Counter[str] = Counter()
    sections = {slug: _section(slug, place, titles) for place, (slug, titles) in enumerate(found.sections.items(), 1)}
    for slug, pages in sorted(found.pages.items()):
        there = addresses.standing_at(slug, pages[FALLBACK].old)
        if there is not None and only_new:
            counts["same"] += len(pages)
            continue
        article = _article(slug, pages[FALLBACK], sections, there)
        for language, page in pages.items():
            counts[_words(article, language, page)] += 1
    return counts


def export_folder(folder: Path) -> int:
    """Write what is published now as such a folder; returns the number of files."""
    current = Version.objects.filter(published_at__isnull=False, replaced_at__isnull=True)
    count = 0
    for version in current.select_related("article__section"):
        article, is_first = version.article, version.language == FALLBACK
        page = files.Page(
            version.title, version.body, tuple(version.phrasings),
            article.section.slug if is_first else "", article.audience, article.position, article.review_on,
            tuple(article.old_addresses.values_list("slug", flat=True)),
        )  # fmt: skip
        path = folder / version.language / f"{article.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files.write(page), encoding="utf-8")
        count += 1
    for language in SectionTitle.objects.values_list("language", flat=True).distinct().order_by("language"):
        titles = SectionTitle.objects.filter(language=language).order_by("section__position", "section__slug")
        lines = [f"{slug}: {title}\n" for slug, title in titles.values_list("section__slug", "title")]
        (folder / language).mkdir(parents=True, exist_ok=True)
        (folder / language / SECTIONS).write_text("".join(lines), encoding="utf-8")
    return count


def _ambiguous(folder: Path, found: Found) -> Iterator[str]:
    """An old address that is none, or that something else of the folder has."""
    named = Counter(old for pages in found.pages.values() for old in (pages[FALLBACK].old if FALLBACK in pages else ()))
    for slug, pages in found.pages.items():
        for old in pages[FALLBACK].old if FALLBACK in pages else ():
            if not _is_slug(old) or old in found.pages or named[old] > 1:
                yield f"{folder / FALLBACK / slug}.md:1: moved from: {old} is no address, or another article has it"


def _read_sections(path: Path, language: str, found: Found) -> None:
    if not path.is_file():
        found.faults.append(f"{path}:1: write a line for each section: its address, a colon, its title")
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        slug, colon, title = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon or not title or not _is_slug(slug):
            found.faults.append(f"{path}:{number}: write the section's address, a colon, its title")
        else:
            found.sections.setdefault(slug, {})[language] = title


def _read_page(path: Path, language: str, found: Found) -> None:
    if not _is_slug(path.stem):
        found.faults.append(f"{path}:1: name the file by small letters, digits and single hyphens")
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        found.faults.append(f"{path}:{line}: this is not UTF-8; save the file as UTF-8")
        return
    page, faults = files.read(text, VOCABULARY, is_first=language == FALLBACK)
    found.faults += [f"{path}:{fault.line}: {fault.why}" for fault in faults]
    if page is not None:
        found.pages.setdefault(path.stem, {})[language] = page


def _is_slug(text: str) -> bool:
    try:
        SLUG(text)
    except ValidationError:
        return False
    return True


def _section(slug: str, place: int, titles: dict[str, str]) -> Section:
    section, _created = Section.objects.update_or_create(slug=slug, defaults={"position": place * 10})
    for language, title in titles.items():
        SectionTitle.objects.update_or_create(section=section, language=language, defaults={"title": title})
    return section


def _article(slug: str, page: files.Page, sections: dict[str, Section], there: Article | None) -> Article:
    """Who moved an article on the site knows why: it stays where it is now. A file that names its address of before
    moves it.
    """
    said = {
        "section": sections[page.section], "audience": page.audience, "position": page.position,
        "review_on": page.review,
    }  # fmt: skip
    if there is None:
        article = Article.objects.create(slug=slug, **said)
    else:
        article = addresses.move(article=there, slug=slug) if there.slug in page.old else there
        Article.objects.filter(pk=article.pk).update(**said)
    for old in page.old:
        if old != article.slug:
            addresses.check_free(old, article=article)
            Redirect.objects.get_or_create(slug=old, defaults={"article": article})
    return article


def _words(article: Article, language: str, page: files.Page) -> str:
    now = article.versions.filter(language=language, published_at__isnull=False, replaced_at__isnull=True).first()
    words = {"title": page.title, "body": page.body, "phrasings": list(page.asks)}
    if now is not None and all(getattr(now, name) == value for name, value in words.items()):
        return "same"
    draft = publishing.write_draft(article=article, language=language, **words)  # type: ignore[arg-type]
    publishing.publish(version_id=draft.pk)
    return "changed" if now else "new"
