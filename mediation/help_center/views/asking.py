"""A question in one's own words: the form, what was shown for it, what its asker says of that, the way to a person."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from mediation.core.errors import NotFound, Refused
from mediation.help_center.actions import answering, asking, choosing, handing
from mediation.help_center.models import Ask, HelpSession
from mediation.help_center.queries import asked as queries
from mediation.help_center.views import browser
from mediation.help_center.views.not_found import as_404


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """The form; what is refused stays in it."""
    question = request.POST.get("question", "")
    if request.method != "POST":
        answering.make_ready(browser.language())
        return render(request, "help/ask.html")
    try:
        browser.check_rate(request)
        asked = asking.ask(
            reader=request.user, language=browser.language(), question=question,
            session_id=browser.session_at(request, browser.HELP),
        )  # fmt: skip
    except Refused as refusal:
        context = {"question": question, "refusal": refusal.message}
        return render(request, "help/ask.html", context, status=refusal.status)
    browser.keep(request, browser.HELP, asked.session_id)
    return redirect("help_center:answer", asked.pk)


@require_safe
@never_cache
def answer(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """What was shown for a question of this browser's, as it was stored."""
    return render(request, "help/answer.html", {"shown": queries.shown(request.user, browser.own_ask(request, ask_id))})


@require_POST
@as_404
def choose(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """One of those that were offered is the answer."""
    wanted = request.POST.get("version", "")
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > len(str(2**62)):
        raise NotFound
    chosen = choosing.choose(
        reader=request.user, ask_id=ask_id, session_id=browser.own_ask(request, ask_id).session_id,
        version_id=int(wanted),
    )  # fmt: skip
    return _back(chosen)


@require_POST
@as_404
def verdict(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """“This solved it”, “not quite”, “a person, please”."""
    own = browser.own_ask(request, ask_id)
    said = asking.say_verdict(ask_id=ask_id, session_id=own.session_id, verdict=request.POST.get("verdict", ""))
    if said.verdict != Ask.Verdict.PERSON:
        return _back(said)
    room = own.session.room_id
    if room is None or not queries.is_party(request.user, room):
        return redirect("help_center:person", ask_id)
    return _hand_over(request, own, room)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@as_404
def person(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Where a person can take over: the room of one of the asker's contracts. Visitors sign in first."""
    asked = browser.own_ask(request, ask_id)
    if asked.session.room_id and queries.is_party(request.user, asked.session.room_id):
        return redirect("help_center:before", asked.session.room_id)
    found = queries.contracts(request.user)
    if request.method != "POST":
        return render(request, "help/person.html", {"ask": asked, "contracts": found})
    chosen = next((one.room for one in found if str(one.room.pk) == request.POST.get("room")), None)
    if chosen is None:
        context = {"ask": asked, "contracts": found, "refusal": _("Choose the contract it is about.")}
        return render(request, "help/person.html", context, status=400)
    return _hand_over(request, asked, chosen.pk)


def _back(ask: Ask) -> HttpResponse:
    """To where it was asked: the conversation, or the question's own page."""
    if ask.session.place == HelpSession.Place.BOT:
        return redirect(f"{reverse('help_center:assistant')}#newest")
    return redirect("help_center:answer", ask.pk)


def _hand_over(request: HttpRequest, asked: Ask, room_id: UUID) -> HttpResponse:
    """Its questions go along to the room; the next one begins another session."""
    handing.hand_over(user=cast(User, request.user), session_id=asked.session_id, room_id=room_id)
    for place in (browser.HELP, browser.ASSISTANT, str(room_id)):
        browser.begin_anew(request, place)
    return redirect("help_center:before", room_id)
