"""Lessons: what people say about which article answers. One person's word for one article has a limit."""

from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from mediation.core import clock
from mediation.help_center.models import Article, Ask, Lesson
from mediation.help_center.rules.personal import without_personal

MOST_OF_ONE_PERSON = 2.0
VISITOR = 0.3


@transaction.atomic
def learn_verdict(*, ask: Ask) -> Lesson | None:
    """What an asker's verdict teaches, in the place of what their last one taught. A person that is wanted teaches
    nothing, and neither does a verdict on nothing.
    """
    before = Lesson.objects.select_for_update().filter(ask=ask, taken_back_at__isnull=True).first()
    fits = {Ask.Verdict.SOLVED.value: True, Ask.Verdict.NOT_QUITE.value: False}.get(ask.verdict)
    if before is not None and before.fits == fits:
        return before
    if before is not None:
        before.taken_back_at = clock.now()
        before.save(update_fields=["taken_back_at"])
    if fits is None or ask.shown is None:
        return None
    person, article = ask.session.person, ask.shown.article
    return Lesson.objects.create(
        question=ask.question, language=ask.language, article=article, fits=fits, weight=_weight(person, article),
        source=Lesson.Source.ASKER, person=person, ask=ask, at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def teach(*, user: User, question: str, language: str, article: Article | None) -> Lesson | None:
    """An agent says which article answers a question, or that none does (None). The same said twice is one lesson.
    None for a question that holds nothing but personal data.
    """
    kept = without_personal(question)
    if not kept:
        return None
    User.objects.select_for_update().get(pk=user.pk)
    said = Lesson.objects.filter(person=user, question=kept, source=Lesson.Source.AGENT, taken_back_at__isnull=True)
    for before in said:
        if before.article_id == (article.pk if article else None):
            return before
    said.update(taken_back_at=clock.now())
    return Lesson.objects.create(
        question=kept, language=language, article=article, weight=1.0, source=Lesson.Source.AGENT, person=user,
        at=clock.now(),
    )  # fmt: skip


def take_back(*, lesson_id: int) -> None:
    """It was wrong: engines are built anew without it."""
    Lesson.objects.filter(pk=lesson_id, taken_back_at__isnull=True).update(taken_back_at=clock.now())


def _weight(person: User | None, article: Article) -> float:
    """What is left of a person's weight for the article; the row of the person is held meanwhile."""
    if person is None:
        return VISITOR
    User.objects.select_for_update().get(pk=person.pk)
    own = Lesson.objects.filter(person=person, article=article, taken_back_at__isnull=True)
    return max(0.0, min(1.0, MOST_OF_ONE_PERSON - (own.aggregate(sum=Sum("weight"))["sum"] or 0.0)))
