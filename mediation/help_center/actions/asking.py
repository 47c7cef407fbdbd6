"""Questions: what was asked, what was shown, and what its asker said of it."""

from uuid import UUID

from django.db import transaction

from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.help_center.actions.answering import answer
from mediation.help_center.actions.learning import learn_verdict
from mediation.help_center.audience import Reader
from mediation.help_center.errors import NothingAsked
from mediation.help_center.models import Ask, HelpSession
from mediation.help_center.rules.personal import without_personal


@transaction.atomic
def ask(
    *, reader: Reader, language: str, question: str, session_id: UUID | None, place: str = HelpSession.Place.HELP.value
) -> Ask:
    """Keep a question with what is shown for it. A session that is not there begins anew. Raises NothingAsked."""
    kept = without_personal(question)
    if not kept:
        raise NothingAsked
    found = answer(reader, language, kept)
    session = HelpSession.objects.filter(pk=session_id).first() if session_id else None
    if session is None:
        person = reader if reader.is_authenticated else None
        session = HelpSession.objects.create(person=person, place=place, began_at=clock.now())
    return Ask.objects.create(
        session=session, question=kept, language=language, kind=found.kind.value, confidence=found.confidence,
        shown=found.article, passage=found.passage, proposed=[one.pk for one in found.did_you_mean], why=found.why,
        at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def say_verdict(*, ask_id: UUID, session_id: UUID | None, verdict: str) -> Ask:
    """What the asker says of the answer; the last word counts. Raises NotFound for anybody else's question."""
    found = Ask.objects.select_for_update().filter(pk=ask_id, session=session_id).first() if session_id else None
    if found is None or verdict not in Ask.Verdict.values or not verdict:
        raise NotFound
    found.verdict, found.said_at = verdict, clock.now()
    found.save(update_fields=["verdict", "said_at"])
    learn_verdict(ask=found)
    return found
