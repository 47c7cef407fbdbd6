"""Articles for tests, made by the actions."""

from mediation.help_center.actions import publishing
from mediation.help_center.models import Article, Section, SectionTitle, Version


def article(slug: str, *, audience: str = "public", section: str = "disputes") -> Article:
    """The frame of an article, in a section that has a title."""
    group, _created = Section.objects.get_or_create(slug=section)
    SectionTitle.objects.get_or_create(section=group, language="en", defaults={"title": section.capitalize()})
    return Article.objects.create(slug=slug, section=group, audience=audience)


def published(
    slug: str,
    title: str = "Who pays?",
    body: str = "The client pays.",
    *,
    language: str = "en",
    audience: str = "public",
) -> Version:
    """An article that can be read; a second language of one that is there."""
    there = Article.objects.filter(slug=slug).first() or article(slug, audience=audience)
    return publishing.publish(version_id=draft(there, title, body, language=language).pk)


def draft(of: Article, title: str = "Who pays?", body: str = "Nobody yet.", *, language: str = "en") -> Version:
    """The draft of a language."""
    return publishing.write_draft(article=of, language=language, title=title, body=body, phrasings=["money"])


def staff_article(slug: str) -> Version:
    """Published for staff, in a section of the same name; returns the draft of its next version."""
    frame = article(slug, audience="agents", section=slug)
    publishing.publish(version_id=draft(frame).pk)
    return draft(frame, body="The next one.")
