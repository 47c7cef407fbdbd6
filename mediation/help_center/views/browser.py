"""What this browser has asked: the session that goes on at each place, and all whose questions it may look at. And how
fast it may ask.
"""

from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from mediation.help_center.audience import FALLBACK
from mediation.help_center.errors import TooManyQuestions
from mediation.help_center.models import Ask

HELP, ASSISTANT = "help", "assistant"
_GOING_ON, _OWN = "help_going_on", "help_own"
_MOST = 20


def language() -> str:
    """The reader's, as the site knows it."""
    return get_language() or FALLBACK


def session_at(request: HttpRequest, place: str) -> UUID | None:
    """The help session that goes on at a place: the help centre, the assistant, or a room by its id."""
    kept = request.session.get(_GOING_ON, {}).get(place)
    return UUID(kept) if kept else None


def keep(request: HttpRequest, place: str, session_id: UUID) -> None:
    """It goes on there, and its questions are this browser's."""
    kept = str(session_id)
    request.session[_GOING_ON] = dict([*request.session.get(_GOING_ON, {}).items(), (place, kept)][-_MOST:])
    request.session[_OWN] = [*(one for one in request.session.get(_OWN, []) if one != kept), kept][-_MOST:]


def begin_anew(request: HttpRequest, place: str) -> None:
    """The next question there begins another session; what was asked can still be looked at."""
    request.session[_GOING_ON] = {at: one for at, one in request.session.get(_GOING_ON, {}).items() if at != place}


def own_ask(request: HttpRequest, ask_id: UUID) -> Ask:
    """A question of this browser's. Raises Http404 for any other."""
    own = request.session.get(_OWN, [])
    found = Ask.objects.select_related("session__room__contract", "shown__article").filter(pk=ask_id, session__in=own)
    ask = found.first() if own else None
    if ask is None:
        raise Http404
    return ask


def check_rate(request: HttpRequest) -> None:
    """One more question, counted where the tries to sign in are: by person, a visitor by address. Raises
    TooManyQuestions.
    """
    action = "help_ask" if request.user.is_authenticated else "help_ask_visitor"
    if not ratelimit.consume(request, action=action):
        raise TooManyQuestions
