"""What was asked, for whoever asked it: what was shown then, what else there is, and where a person can take over."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from mediation.conversations.audience import standing
from mediation.conversations.models import Contract, Member, Room
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.help_center.audience import Reader, visible_versions
from mediation.help_center.models import Ask, HelpSession, Version
from mediation.help_center.queries import search
from mediation.help_center.queries.answering import MEANT, Kind
from mediation.help_center.queries.handed import BEFORE
from mediation.help_center.queries.numbers import filled
from mediation.help_center.rules import markup, quoting
from mediation.help_center.rules.handing import Why

PARTIES = (Member.Role.CLIENT.value, Member.Role.FREELANCER.value)
_SILENT = (Kind.NOTHING.value, Kind.DID_YOU_MEAN.value)


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands under a question: `slug` is empty where the reader may not read the article any more, `is_changed`
    says that it was written anew since; `others` to choose from; `is_between` where two of them are close.
    """

    ask: Ask
    slug: str = ""
    is_changed: bool = False
    others: tuple[Version, ...] = ()
    is_between: bool = False


def shown(reader: Reader, ask: Ask) -> Shown:
    """As it was stored: nothing is searched for again but what else there is after a “not quite”."""
    slug = ""
    if ask.shown is not None:
        now = visible_versions(reader, ask.language).filter(article=ask.shown.article_id)
        slug = now.values_list("article__slug", flat=True).first() or ""
    offers = ask.shown is None or ask.verdict == Ask.Verdict.NOT_QUITE
    return Shown(
        ask,
        slug,
        is_changed=bool(ask.shown and ask.shown.replaced_at),
        others=others(reader, ask) if offers else (),
        is_between=ask.kind == Kind.FOLLOW_UP.value,
    )


def others(reader: Reader, ask: Ask) -> tuple[Version, ...]:
    """What was proposed beside it and may still be read, best first; after a “not quite”, what holds the words. Nothing
    that was refused in this session already, and at most `MEANT`.
    """
    if ask.kind == Kind.PERSON.value and ask.why != Why.TWICE:
        return ()
    refused = Ask.objects.filter(session=ask.session_id, question=ask.question, verdict=Ask.Verdict.NOT_QUITE.value)
    gone = set(refused.exclude(shown=None).values_list("shown__article", flat=True))
    if ask.shown is not None:
        gone.add(ask.shown.article_id)
    visible = visible_versions(reader, ask.language)
    found = {one.article_id: one for one in visible.filter(article__versions__in=ask.proposed).distinct()}
    order = dict(Version.objects.filter(pk__in=ask.proposed).values_list("pk", "article"))
    best = [found[order[pk]] for pk in ask.proposed if pk in order and order[pk] in found]
    if ask.verdict == Ask.Verdict.NOT_QUITE:
        best += [one for one in search.matching(reader, ask.language, ask.question) if one.article_id not in found]
    return tuple(one for one in best if one.article_id not in gone)[:MEANT]


def passage_of(version: Version, question: str) -> str:
    """The passage of an article that stands closest to a question, with the numbers of now."""
    return quoting.passage(question, version.title, markup.prose(filled(version.body)))


def is_silent_again(turn: Ask) -> bool:
    """Whether this turn and the one before it showed nothing on their own."""
    before = Ask.objects.filter(session=turn.session_id).exclude(pk=turn.pk).order_by("-at", "-pk").first()
    return turn.kind in _SILENT and before is not None and before.kind in _SILENT


def is_party(user: Reader, room_id: UUID) -> bool:
    """Whether they are one of the two whose contract the room is."""
    if not isinstance(user, User):
        return False
    try:
        return standing(user, room_id).member_role in PARTIES
    except NotFound:
        return False


def contracts(user: Reader) -> list[Contract]:
    """The contracts somebody is a party of, the newest first."""
    if not isinstance(user, User):
        return []
    own = Member.objects.filter(user=user, left_at__isnull=True, role__in=PARTIES).values("room")
    rooms = Room.objects.filter(pk__in=own).select_related("contract__client", "contract__freelancer")
    return [one.contract for one in rooms.order_by("-created_at", "-pk")]


def turns(reader: Reader, session_id: UUID | None) -> list[Shown]:
    """A conversation in its order."""
    found = (
        Ask.objects.filter(session=session_id).select_related("shown__article") if session_id else Ask.objects.none()
    )
    return [shown(reader, one) for one in found.order_by("at", "pk")]


def along(user: User, room_id: UUID) -> list[Ask]:
    """What somebody handed over to a room just now, which goes along with what they do there next."""
    handed = HelpSession.objects.filter(person=user, room=room_id, handed_over_at__gte=clock.now() - BEFORE)
    newest = handed.order_by("-handed_over_at").first()
    return list(newest.asks.select_related("shown").order_by("at", "pk")) if newest else []
