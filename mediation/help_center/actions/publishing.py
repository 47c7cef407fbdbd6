"""Writing and publishing. What was published is kept; the next version replaces it."""

from django.db import connection, transaction
from django.db.models import Max

from accounts.models import User
from mediation.conversations.rules import search as rules
from mediation.core import clock
from mediation.help_center.errors import AlreadyPublished
from mediation.help_center.models import Article, Version

_REMEMBER = {
    "postgresql": "INSERT INTO help_center_search (version_id, tsv) "
    "VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))",
    "sqlite": "INSERT INTO help_center_search (rowid, words) VALUES (%s, %s)",
}
_FORGET = {
    "postgresql": "DELETE FROM help_center_search WHERE version_id = %s",
    "sqlite": "DELETE FROM help_center_search WHERE rowid = %s",
}


@transaction.atomic
def write_draft(
    *, article: Article, language: str, title: str, body: str, phrasings: list[str], user: User | None = None
) -> Version:
    """The draft of a language with these words; there is one at a time, a second call changes it."""
    Article.objects.select_for_update().get(pk=article.pk)
    draft = Version.objects.filter(article=article, language=language, published_at__isnull=True).first()
    if draft is not None:
        draft.title, draft.body, draft.phrasings, draft.written_by = title, body, phrasings, user
        draft.save(update_fields=["title", "body", "phrasings", "written_by"])
        return draft
    newest = article.versions.filter(language=language).aggregate(newest=Max("number"))["newest"] or 0
    return Version.objects.create(
        article=article, language=language, number=newest + 1, title=title, body=body, phrasings=phrasings,
        written_by=user, created_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def publish(*, version_id: int) -> Version:
    """Readers read it from now on, in the place of the one before. Raises AlreadyPublished."""
    draft = Version.objects.get(pk=version_id)
    Article.objects.select_for_update().get(pk=draft.article_id)
    draft.refresh_from_db()
    if draft.published_at is not None:
        raise AlreadyPublished
    now = clock.now()
    before = Version.objects.filter(
        article=draft.article_id, language=draft.language, published_at__isnull=False, replaced_at__isnull=True
    ).first()
    if before is not None:
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
        _forget(before.pk)
    draft.published_at = now
    draft.save(update_fields=["published_at"])
    _remember(draft)
    return draft


def _remember(version: Version) -> None:
    words = " ".join(rules.indexed_words([version.title, version.body, *version.phrasings]))
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER[connection.vendor], [version.pk, words])


def _forget(version_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET[connection.vendor], [version_id])
