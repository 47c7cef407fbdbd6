"""Who reads which article. Every query goes through here."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts.models import User
from accounts.rules import Role
from mediation.core.errors import NotFound
from mediation.help_center.models import Article, Version

Reader = User | AnonymousUser
WRITERS = frozenset({Role.ADMIN.value, Role.SUPERVISOR.value})
FALLBACK = "en"
Audience = Article.Audience
_PARTIES = {
    Role.CLIENT.value: (Audience.PUBLIC, Audience.CLIENT),
    Role.FREELANCER.value: (Audience.PUBLIC, Audience.FREELANCER),
}


def audiences(reader: Reader) -> tuple[str, ...]:
    """The audiences of the articles that the reader may read; staff read what they answer about."""
    if not isinstance(reader, User) or not reader.is_active:
        return (Audience.PUBLIC.value,)
    if reader.is_upwork_staff:
        return tuple(Audience.values)
    return tuple(one.value for one in _PARTIES.get(reader.role, (Audience.PUBLIC,)))


def may_write(reader: Reader) -> bool:
    """Whether drafts are theirs to look at."""
    return isinstance(reader, User) and reader.is_active and reader.role in WRITERS


def current_versions(language: str) -> QuerySet[Version]:
    """What stands there now, whoever reads it: each article once, in the language, or in English where it has no other.
    For what never shows it; who shows it asks `visible_versions`.
    """
    current = Version.objects.filter(published_at__isnull=False, replaced_at__isnull=True)
    order = Case(When(language=language, then=Value(0)), default=Value(1), output_field=IntegerField())
    spoken = current.filter(Q(language=language) | Q(language=FALLBACK), article=OuterRef("article"))
    best = spoken.order_by(order).values("pk")[:1]
    return current.filter(pk=Subquery(best)).select_related("article__section")


def visible_versions(reader: Reader, language: str) -> QuerySet[Version]:
    """What the reader reads now."""
    return current_versions(language).filter(article__audience__in=audiences(reader))


def draft_of(reader: Reader, number: int) -> Version:
    """A version that may not be published yet. Raises NotFound for all who do not write articles."""
    found = Version.objects.filter(pk=number).select_related("article__section").first() if may_write(reader) else None
    if found is None:
        raise NotFound
    return found
