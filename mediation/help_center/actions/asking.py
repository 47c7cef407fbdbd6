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
from mediation.help_center.queries import asked
from mediation.help_center.rules.personal import without_personal


@transaction.atomic
def ask(
    *,
    reader: Reader,
    language: str,
    question: str,
    session_id: UUID | None,
    place: str = HelpSession.Place.HELP.value,
    room_id: UUID | None = None,
) -> Ask:
    """Keep a question with what is shown for it. A session that is not there begins anew.

    With a room it is asked there before a claim. Raises NothingAsked; NotFound for who is not a party of the room.
    """
    kept = without_personal(question)
    if not kept:
        raise NothingAsked
    found = answer(reader, language, kept)
    return Ask.objects.create(
        session=session_for(reader=reader, session_id=session_id, place=place, room_id=room_id), question=kept,
        language=language, kind=found.kind.value, confidence=found.confidence, shown=found.article,
        passage=found.passage, proposed=[one.pk for one in found.did_you_mean], why=found.why, at=clock.now(),
    )  # fmt: skip


def session_for(*, reader: Reader, session_id: UUID | None, place: str, room_id: UUID | None = None) -> HelpSession:
    """The one that goes on, or a new one. Raises NotFound for a room that the reader is no party of."""
    person = reader if reader.is_authenticated else None
    if room_id is not None and not asked.is_party(reader, room_id):
        raise NotFound
    found = HelpSession.objects.filter(pk=session_id, place=place, room=room_id).first() if session_id else None
    if found is not None and found.handed_over_at is None and found.person == person:
        return found
    return HelpSession.objects.create(person=person, place=place, room_id=room_id, began_at=clock.now())


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
