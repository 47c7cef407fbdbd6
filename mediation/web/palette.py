"""What an agent can go to or do with a few keys: queues and pages, cases and rooms by their words, acts on a case."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.conversations.models import Member
from mediation.core.errors import NotFound
from mediation.desk import audience
from mediation.desk.queries import pages
from mediation.desk.rules.views import Queue, View, view_of
from mediation.disputes import audience as cases
from mediation.web import case_page, desk_words
from mediation.web.desk_page import address
from mediation.web.sentences import join_names

Option = dict[str, Any]
MOST = 20
MOST_FOUND = 6
LONGEST = 100


def options(user: User, words: str, case_id: UUID | None) -> list[Option]:
    """What fits the words, acts on the case first: `{word, hint, href}`, with `post` for what is done at once, `also`
    for what else people call it. Without words what can be done with the case, and the queues. Raises NotFound for who
    has no desk.
    """
    if not audience.is_at_desk(user):
        raise NotFound
    words = " ".join(words.replace("\x00", "").split())[:LONGEST]
    fixed = [one for one in (*_acts(user, case_id), *_pages(user)) if _fits(one, words)]
    found = {one["href"]: one for one in (*_rooms(user, words), *_cases(user, words))} if words else {}
    return sorted([*fixed, *found.values()], key=lambda one: _rank(one, words))[:MOST]


def _acts(user: User, case_id: UUID | None) -> Iterator[Option]:
    """What the table lets the reader say to the case they look at."""
    if case_id is None:
        return
    try:
        dispute = cases.case_of(user, case_id)
        case = case_page.drawn(dispute, user)
    except NotFound:
        return
    title = case["view"]["contract"]["title"]
    other_words = {"release": pgettext("other words for giving a case back", "hand over transfer")}
    others = {reverse("web:case_do", args=[case_id, act]): also for act, also in other_words.items()}
    for one in (*case["answers"], *case["bar"], *case["more"]):
        yield {"word": str(one["word"]), "also": others.get(one["href"], ""), "hint": title, "href": one["href"]}
    several = reverse("web:desk_several") + f"?case={case_id}"
    if dispute.mediator_id == user.pk:
        also = pgettext("other words for laying a case aside", "snooze later")
        yield {"word": _("Lay aside"), "also": also, "hint": title, "href": f"{several}#snooze-until"}
    if audience.may_handle(user):
        yield {"word": _("Priority and tags"), "hint": title, "href": several}
    yield {"word": _("Ask a colleague"), "hint": title, "href": reverse("web:desk_ask", args=[case_id])}
    yield {"word": _("Go to the room"), "hint": title, "href": case["home"]}


def _pages(user: User) -> Iterator[Option]:
    if user.role in MEDIATOR_ROLES:
        yield {"word": _("Next for me"), "hint": _("Desk"), "href": reverse("web:desk_next")}
    for name in Queue:
        yield {"word": str(desk_words.QUEUES[name]), "hint": _("Queue"), "href": address(View(queue=name))}
    for one in audience.own_views(user):
        yield {"word": one.name, "hint": _("Kept view"), "href": address(view_of(one.parameters))}
    for word, page in (
        (_("Agenda"), "web:desk_agenda"),
        (_("Team room"), "web:desk_team"),
        (_("My rooms"), "web:inbox"),
        (_("Search"), "web:search"),
    ):
        yield {"word": word, "hint": _("Page"), "href": reverse(page)}


def _cases(user: User, words: str) -> Iterator[Option]:
    """Open cases by number, title or a party's name, next due first."""
    for line in pages.page(user, View(queue=Queue.OPEN, words=words), size=MOST_FOUND).lines:
        names = join_names([line.filer, line.respondent])
        hint = f"{_('Case %(number)s') % {'number': line.number}} · {names}" if line.number else names
        home = reverse("web:room", args=[line.room_id]) if line.asker_id else reverse("web:case", args=[line.id])
        yield {"word": line.title, "hint": hint, "href": home}


def _rooms(user: User, words: str) -> Iterator[Option]:
    """Rooms that the reader is in."""
    mine = Member.objects.filter(user=user, left_at__isnull=True)
    for word in words.split():
        mine = mine.filter(room__contract__title__icontains=word)
    for one in mine.select_related("room__contract").order_by("-joined_at")[:MOST_FOUND]:
        yield {
            "word": one.room.contract.title,
            "hint": _("Room"),
            "href": reverse("web:room", args=[one.room_id]),
        }


def _fits(option: Option, words: str) -> bool:
    """By its name, or by what else people call it."""
    said = f"{option['word']} {option.get('also', '')}".casefold()
    return all(word in said for word in words.casefold().split())


def _rank(option: Option, words: str) -> int:
    """What begins with the words, then what has a word that does, then the rest; else in the order they come in."""
    said, typed = option["word"].casefold(), words.casefold()
    if said.startswith(typed):
        return 0
    return 1 if any(word.startswith(typed) for word in said.split()) else 2
