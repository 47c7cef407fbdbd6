"""What the parties see: the mediator's look at the room as one side reads it. It shows only what both may read."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.models import User
from mediation.conversations.queries import history
from mediation.conversations.queries.room import RoomState, room_state
from mediation.core.errors import NotFound
from mediation.disputes import audience
from mediation.disputes.queries import mediating
from mediation.web import case_page, room_page, sentences, timeline
from mediation.web.folds import folded
from mediation.web.sentences import Reader

LINES = 20
HEARD_BY = {"client": frozenset({"joint", "caucus_client"}), "freelancer": frozenset({"joint", "caucus_freelancer"})}


@login_required
@require_GET
@never_cache
def as_side(request: HttpRequest, case_id: UUID, side: str) -> HttpResponse:
    """The case and a thread of the room as the client or the freelancer sees them; `?thread=` says which thread."""
    user = cast(User, request.user)
    if side not in HEARD_BY:
        raise Http404
    try:
        dispute = audience.case_of(user, case_id)
        party = mediating.sides(dispute)[side]
        case = case_page.previewed(dispute, user, party)
        talk = _talk(request, user, room_state(user=user, room_id=dispute.room_id), party, side)
    except NotFound as gone:
        raise Http404 from gone
    return render(request, "case/preview.html", {"case": case, "side": side, "party": case[side], **talk})


def _talk(request: HttpRequest, user: User, state: RoomState, party: User, side: str) -> dict[str, Any]:
    """The threads that both the side and the mediator read, and the newest lines of one, in the side's words."""
    people = room_page.reader_of(user, state)
    reader = Reader(me=str(party.pk), people=people.people, members=people.members)
    heard = [one for one in room_page.ordered(state["threads"]) if one["audience"] in HEARD_BY[side]]
    threads = [{**one, "words": sentences.thread_words(one, reader)} for one in heard]
    wanted = request.GET.get("thread")
    shown = next((one for one in threads if wanted in (None, one["id"])), None)
    if shown is None:
        raise NotFound
    page = history.page_before(user=user, thread_id=UUID(shown["id"]), limit=LINES)
    rows = list(folded(timeline.rows(shown, page.messages, reader, quoted=page.quoted)))
    return {"threads": threads, "shown": shown, "rows": rows, "more": page.more}
