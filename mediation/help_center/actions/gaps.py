"""What is missing in the help centre: found by the worker, decided by people.

Found again, the same questions are the same gaps: a gap keeps its number and what was decided about it while it grows.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.core import clock
from mediation.help_center.actions import publishing
from mediation.help_center.client.encoders import encoder
from mediation.help_center.errors import NoSectionYet
from mediation.help_center.models import Article, Ask, Gap, GapQuestion, Redirect, Section
from mediation.help_center.queries import gaps as queries
from mediation.help_center.rules import clusters

Encode = Callable[[list[str]], np.ndarray]
PERIOD = timedelta(days=28)
LEAST_SESSIONS = 3
_MOST_PHRASINGS = 8
_LONGEST_TITLE, _LONGEST_SLUG = 150, 70
DISMISSALS = frozenset({Gap.State.NOT_OURS.value, Gap.State.DISMISSED.value})


def find_gaps(*, encode: Encode | None = None) -> int:
    """Look at every language. Returns how many gaps there are to decide about. Raises EncoderUnavailable."""
    encode = encode or partial(encoder(settings.HELP_ENCODER, settings.HELP_ENCODER_TOKEN).encode, kind="question")
    for language, _name in settings.LANGUAGES:
        asks = queries.unanswered(language, clock.now() - PERIOD, clusters.MOST_QUESTIONS)
        texts = list(dict.fromkeys(ask.question for ask in asks))
        if texts:
            # Encoding takes seconds: it is done before anything is locked.
            _keep(language=language, asks=asks, vectors=dict(zip(texts, encode(texts), strict=True)))
    return Gap.objects.filter(state=Gap.State.OPEN.value).count()


@transaction.atomic
def _keep(*, language: str, asks: list[Ask], vectors: dict[str, np.ndarray]) -> None:
    """The gaps of a language as the clusters say. The sections are held meanwhile: one looks at a time."""
    list(Section.objects.select_for_update().order_by("pk").values_list("pk"))
    known = queries.held_by(language)
    found = [
        (members, asks[one.middle])
        for one in clusters.clusters(np.stack([vectors[ask.question] for ask in asks]))
        for members in [[asks[place] for place in one.members]]
    ]
    groups = clusters.matched([frozenset(ask.pk for ask in members) for members, _middle in found], known)
    texts = [ask.question for ask in asks]
    placed: dict[UUID, int] = {}
    for (members, middle), number in zip(found, groups, strict=True):
        if number is None and len({ask.session_id for ask in members}) < LEAST_SESSIONS:
            continue
        gap = _kept_gap(language, number, members, middle, clusters.name([ask.question for ask in members], texts))
        placed |= {ask.pk: gap.pk for ask in members}
    _place(language, placed, {ask.pk for ask in asks})


def _kept_gap(language: str, number: int | None, members: list[Ask], middle: Ask, name: str) -> Gap:
    gap = Gap.objects.select_for_update().get(pk=number) if number is not None else Gap(language=language)
    gap.name, gap.middle, gap.size = name[:200] or middle.question[:200], middle.question, len(members)
    gap.first_at, gap.last_at = min(ask.at for ask in members), max(ask.at for ask in members)
    if number is None:
        gap.save(force_insert=True)
    else:
        gap.save(update_fields=["name", "middle", "size", "first_at", "last_at"])
    return gap


def _place(language: str, placed: dict[UUID, int], looked_at: set[UUID]) -> None:
    """Each question into its gap. What nobody decided about and has no question left is gone."""
    rows = GapQuestion.objects.filter(gap__language=language, ask__in=looked_at).values_list("ask", "gap")
    there = dict(rows)
    moved = [ask for ask, gap in there.items() if placed.get(ask) != gap]
    GapQuestion.objects.filter(ask__in=moved).delete()
    new = [ask for ask, gap in placed.items() if there.get(ask) != gap]
    GapQuestion.objects.bulk_create(GapQuestion(gap_id=placed[ask], ask_id=ask) for ask in new)
    Gap.objects.filter(language=language, state=Gap.State.OPEN.value, questions__isnull=True).delete()


@transaction.atomic
def make_draft(*, gap_id: int, user: User) -> Article:
    """An article to be written: titled by the middle question, found by the others. Made once. Raises NoSectionYet."""
    gap = Gap.objects.select_for_update().get(pk=gap_id)
    if gap.article is not None:
        return gap.article
    section = Section.objects.first()
    if section is None:
        raise NoSectionYet
    article = Article.objects.create(slug=_free_slug(gap.middle), section=section, owner=user)
    asked = list(dict.fromkeys(ask.question for ask in queries.questions(gap) if ask.question != gap.middle))
    publishing.write_draft(
        article=article, language=gap.language, title=gap.middle[:_LONGEST_TITLE], body=_frame(gap.language),
        phrasings=asked[:_MOST_PHRASINGS], user=user,
    )  # fmt: skip
    _decide(gap, Gap.State.DRAFTED.value, user, article)
    return article


@transaction.atomic
def dismiss(*, gap_id: int, state: str, user: User) -> Gap:
    """It is not ours to answer, or laid aside; questions like these go on to be counted there."""
    if state not in DISMISSALS:
        raise ValueError(state)
    gap = Gap.objects.select_for_update().get(pk=gap_id)
    if gap.state != state:
        _decide(gap, state, user, gap.article)
    return gap


def _decide(gap: Gap, state: str, user: User, article: Article | None) -> None:
    gap.state, gap.decided_by, gap.decided_at, gap.article = state, user, clock.now(), article
    gap.save(update_fields=["state", "decided_by", "decided_at", "article"])


def _free_slug(question: str) -> str:
    """An address made of the question, that no article has or had."""
    wanted = slugify(question)[:_LONGEST_SLUG].strip("-_").replace("_", "-") or "new-article"
    taken = set(Article.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken |= set(Redirect.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def _frame(language: str) -> str:
    """Headings to fill."""
    with translation.override(language):
        headings = (_("In short"), _("What you can do"), _("How long it takes"), _("What it costs"))
        return "\n\n".join(f"## {heading}\n\n…" for heading in headings)
