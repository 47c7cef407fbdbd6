"""Where an article stands. An address that was given out once leads to it for good, and no address means two things."""

from django.db import transaction
from django.db.models import Q

from mediation.help_center.errors import AddressTaken
from mediation.help_center.models import Article, Redirect


def check_free(slug: str, *, article: Article | None = None) -> None:
    """Raises AddressTaken where another article stands or an old address leads to another. One's own are free."""
    found = Article.objects.filter(Q(slug=slug) | Q(old_addresses__slug=slug))
    if article is not None:
        found = found.exclude(pk=article.pk)
    holder = found.first()
    if holder is not None:
        raise AddressTaken(detail={"article": holder.slug})


@transaction.atomic
def move(*, article: Article, slug: str) -> Article:
    """It stands at `slug` from now on, and what it had before leads there. Going back to an old address of its own
    takes that out of the old ones, so that nothing leads to itself. Twice over it is the same. Raises AddressTaken.
    """
    moved = Article.objects.select_for_update().get(pk=article.pk)
    if moved.slug == slug:
        return moved
    check_free(slug, article=moved)
    Redirect.objects.filter(article=moved, slug=slug).delete()
    Redirect.objects.create(article=moved, slug=moved.slug)
    moved.slug = slug
    moved.save(update_fields=["slug"])
    return moved


def standing_at(slug: str, old: tuple[str, ...] = ()) -> Article | None:
    """The article of an address: the one that stands there, or that did before, or that stands at one of `old`."""
    for query in (
        Article.objects.filter(slug=slug),
        Article.objects.filter(old_addresses__slug=slug),
        Article.objects.filter(slug__in=old),
    ):
        found = query.first()
        if found is not None:
            return found
    return None
