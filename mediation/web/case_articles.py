"""Articles for the case at hand: what fits, which of it may be put where, and in which words.

What is asked with is what both sides read. Nothing of a private talk is looked at.
"""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from mediation.conversations.models import Draft, Message, Thread
from mediation.core.errors import NotFound
from mediation.desk import audience
from mediation.disputes.forms.claim import PROBLEMS
from mediation.disputes.models import Dispute
from mediation.help_center.actions.answering import answer
from mediation.help_center.audience import visible_versions
from mediation.help_center.models import Article, Version
from mediation.help_center.rules.case_words import as_question


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`is_sure`: the engine would show it on its own. `for_both`: both sides may read it, so it can be put."""

    id: UUID
    slug: str
    title: str
    audience: str
    is_sure: bool
    for_both: bool


def case_for(user: User, case_id: UUID) -> Dispute:
    """The case, for staff who may know of it. Raises NotFound for its parties, too."""
    return audience.case_of(user, case_id)


def question(dispute: Dispute) -> str:
    """The claim's reason, the job, the first and the last that the two said in front of everyone."""
    joint = Thread.objects.filter(room=dispute.room_id, audience=Thread.Audience.JOINT.value)
    said = Message.objects.filter(
        thread__in=joint, kind=Message.Kind.TEXT.value, removed_at__isnull=True,
        author__in=[dispute.filer_id, dispute.respondent_id],
    ).exclude(body="").values_list("body", flat=True)  # fmt: skip
    first, last = said.order_by("created_at", "pk").first(), said.order_by("-created_at", "-pk").first()
    with translation.override(dispute.filer.language):
        problem = str(dict(PROBLEMS).get(dispute.problem, ""))
    return as_question(problem, dispute.room.contract.title, first or "", last or "")


def suggestions(user: User, dispute: Dispute, language: str) -> list[Suggestion]:
    """At most four, the most fitting first. It is asked in the filer's language, and shown in the reader's."""
    found = answer(user, dispute.filer.language, question(dispute))
    sure = found.article.article_id if found.article else None
    keys = [one.article_id for one in (found.article, *found.did_you_mean) if one]
    here = {one.article_id: one for one in visible_versions(user, language).filter(article__in=keys)}
    both = _read_by_both(dispute)
    return [
        Suggestion(
            key, one.article.slug, one.title, one.article.get_audience_display(), key == sure, key in both
        )
        for key in keys
        if (one := here.get(key))
    ]  # fmt: skip


def article_of(user: User, language: str, article_id: UUID) -> Article:
    """Raises NotFound for one that the reader may not read."""
    found = visible_versions(user, language).filter(article=article_id).first()
    if found is None:
        raise NotFound
    return found.article


def draft_with(user: User, dispute: Dispute, article_id: UUID) -> tuple[UUID, str]:
    """The thread for everyone, and what the person has begun to write there with the article's title and address, in
    the language of each side. Raises NotFound for an article that one of the two may not read.
    """
    thread = Thread.objects.get(room=dispute.room_id, audience=Thread.Audience.JOINT.value, is_main=True)
    sides = [dispute.filer, dispute.respondent]
    said = [_version(side, article_id) for side in sides]
    if any(one is None for one in said):
        raise NotFound
    titles = list(dict.fromkeys(one.title for one in said if one))
    address = settings.PUBLIC_URL + reverse("help_center:article", args=[next(one for one in said if one).article.slug])
    link = "\n".join([*titles, address])
    begun = Draft.objects.filter(thread=thread, user=user).values_list("body", flat=True).first()
    if begun and address in begun:
        return thread.pk, begun
    return thread.pk, f"{begun}\n\n{link}" if begun else link


def _read_by_both(dispute: Dispute) -> set[UUID]:
    sides = [visible_versions(side, side.language) for side in (dispute.filer, dispute.respondent)]
    client, freelancer = (set(one.values_list("article_id", flat=True)) for one in sides)
    return client & freelancer


def _version(reader: User, article_id: UUID) -> Version | None:
    return visible_versions(reader, reader.language).filter(article=article_id).first()
