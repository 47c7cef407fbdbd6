"""The offered case in words: why it is this one, what can be said to it, and who said "not now"."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from mediation.core.errors import Refused
from mediation.desk import audience
from mediation.desk.queries import offers
from mediation.desk.rules.declines import MOST_WORDS, Reason
from mediation.desk.words import DECLINES
from mediation.web import routing_words

MOST_DECLINES = 5


def offered(user: User, dispute_id: UUID) -> dict[str, Any] | None:
    """None where the case is not for the reader, or no longer."""
    try:
        found = offers.offer(user, dispute_id)
    except Refused:
        return None
    return {
        "case": found.row.pk,
        "why": [_chosen(found), _spoken(found), _("You carry %(load)s.") % {"load": routing_words.load(found.fit)}],
        "press": uuid4(),
        **_not_now(),
    }


def declining(user: User, dispute_id: UUID) -> dict[str, Any]:
    """The page that says "not now" to a case. Raises NotFound for who may not see it."""
    case = audience.row_of(user, dispute_id).dispute
    return {"case": case.pk, "title": case.room.contract.title, **_not_now()}


def _not_now() -> dict[str, Any]:
    return {"reasons": [{"value": one.value, "word": DECLINES[one]} for one in Reason], "most_words": MOST_WORDS}


def declines(user: User, dispute_id: UUID) -> list[dict[str, Any]]:
    """Who was offered the case and did not take it, as far as the reader may know."""
    return [
        {"who": one.agent.name, "why": one.words or DECLINES[Reason(one.reason)], "at": one.at}
        for one in offers.declines_of(user, dispute_id)[:MOST_DECLINES]
    ]


def _chosen(found: offers.Offer) -> str:
    count = sum(times for _miss, times in found.before)
    if not count:
        return _("Of what waits and suits you, it is due next.")
    said = ngettext(
        "Of what waits and suits you, it is due next. %(count)s case that is due before it is not for you: %(why)s.",
        "Of what waits and suits you, it is due next. %(count)s cases that are due before it are not for you: %(why)s.",
        count,
    )
    return said % {"count": count, "why": offers.counted(found.before)}


def _spoken(found: offers.Offer) -> str:
    language = dict(settings.LANGUAGES).get(found.row.speaker.language, found.row.speaker.language)
    return _("Who asked speaks %(language)s.") % {"language": language}
