"""The questions that no article answered, and the gaps they belong to already."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mediation.help_center.models import Ask, Gap, GapQuestion
from mediation.help_center.queries.answering import Kind

_UNANSWERED = ~Q(kind=Kind.ARTICLE.value) & ~Q(verdict=Ask.Verdict.SOLVED)
_REFUTED = Q(verdict=Ask.Verdict.NOT_QUITE)


def unanswered(language: str, since: datetime, most: int) -> list[Ask]:
    """What was asked since then without an answer or with one that was refuted, and whatever is in a gap already.

    The newest come first, so that what is left out for its number is the oldest.
    """
    asked = Ask.objects.filter(_UNANSWERED | _REFUTED, language=language, at__gte=since)
    held = Ask.objects.filter(pk__in=GapQuestion.objects.values("ask"), language=language)
    return list((asked | held).order_by("-at", "pk")[:most])


def held_by(language: str) -> dict[int, frozenset[UUID]]:
    """The questions of each gap, by its number; a gap that has none left is there too."""
    found: dict[int, set[UUID]] = {
        pk: set() for pk in Gap.objects.filter(language=language).values_list("pk", flat=True)
    }
    for gap, ask in GapQuestion.objects.filter(gap__language=language).values_list("gap", "ask"):
        found[gap].add(ask)
    return {gap: frozenset(asks) for gap, asks in found.items()}


def questions(gap: Gap) -> QuerySet[Ask]:
    """What was asked about it, newest first."""
    return Ask.objects.filter(pk__in=gap.questions.values("ask")).order_by("-at", "pk")
