"""One turn with the assistant: it shows a passage, or it calls a person and says why. It never has an opinion."""

from uuid import UUID

from django.db import transaction

from mediation.core import clock
from mediation.help_center.actions import asking
from mediation.help_center.audience import Reader
from mediation.help_center.errors import NothingAsked
from mediation.help_center.models import Ask, HelpSession
from mediation.help_center.queries import asked
from mediation.help_center.queries.answering import Kind
from mediation.help_center.rules import handing
from mediation.help_center.rules.personal import without_personal

_PLACE = HelpSession.Place.BOT.value


@transaction.atomic
def say(*, reader: Reader, language: str, question: str, session_id: UUID | None) -> Ask:
    """Keep what was said with what the assistant has for it. Raises NothingAsked."""
    kept = without_personal(question)
    if not kept:
        raise NothingAsked
    if why := handing.why(kept):
        session = asking.session_for(reader=reader, session_id=session_id, place=_PLACE)
        turn = Ask(session=session, question=kept, language=language, at=clock.now())
        return _to_a_person(turn, why)
    turn = asking.ask(reader=reader, language=language, question=kept, session_id=session_id, place=_PLACE)
    return _to_a_person(turn, handing.Why.TWICE) if asked.is_silent_again(turn) else turn


def _to_a_person(turn: Ask, why: handing.Why) -> Ask:
    """Counted as one who wants a person, whoever found that out."""
    turn.kind, turn.why = Kind.PERSON.value, why.value
    turn.verdict, turn.said_at = Ask.Verdict.PERSON.value, turn.at
    turn.save()
    return turn
