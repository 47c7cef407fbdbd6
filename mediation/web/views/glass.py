"""Break-glass: asking to look into a private talk, deciding about it, and reading it while it lasts."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from mediation.core import clock, rates
from mediation.core.errors import NotFound, Refused
from mediation.disputes import audience
from mediation.disputes.actions import glass as actions
from mediation.disputes.models import Dispute
from mediation.disputes.queries import glass as queries
from mediation.disputes.rules.glass import Ground
from mediation.web import looks as shown
from mediation.web.forms import DecideForm, LookForm
from mediation.web.lists import room_list

DECIDING = {"approve": actions.approve, "refuse": actions.refuse}
ACTING = {"open": actions.open_, "end": actions.end}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def looks(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was asked in the case and how it stands, and the form to ask. Whoever mediates the case is not let in."""
    user = _user(request)
    try:
        dispute = queries.case_for(user, case_id)
        parties = [(str(one.pk), one.name) for one in (dispute.filer, dispute.respondent)]
        if request.method != "POST":
            return _page(request, dispute, LookForm(initial={"command_id": uuid4()}, parties=parties))
        form = LookForm(request.POST, parties=parties)
        return _ask(request, dispute, form) if form.is_valid() else _page(request, dispute, form, status=400)
    except NotFound as gone:
        raise Http404 from gone


@login_required
@require_POST
def act(request: HttpRequest, case_id: UUID, glass_id: UUID, act: str) -> HttpResponse:
    """Agree, refuse, open or end. A refusal is told on the page it goes on to."""
    user = _user(request)
    about: dict[str, Any] = {"user": user, "dispute_id": case_id, "glass_id": glass_id}
    try:
        queries.case_for(user, case_id)
        form = DecideForm(request.POST)
        if act not in DECIDING | ACTING or not form.is_valid():
            raise NotFound
        rates.commands.check(user.pk)
        if act in DECIDING:
            DECIDING[act](**about, **form.cleaned_data)
        else:
            ACTING[act](**about, command_id=form.cleaned_data["command_id"])
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("web:looks", case_id)
    return redirect("web:look", case_id, glass_id) if act == "open" else redirect("web:looks", case_id)


@login_required
@require_safe
@never_cache
def read(request: HttpRequest, case_id: UUID, glass_id: UUID) -> HttpResponse:
    """The talk, read only; `?thread=` and `?before=` say which part. When its time is over the page says so."""
    user = _user(request)
    try:
        talk = queries.talk(
            user=user,
            dispute_id=case_id,
            glass_id=glass_id,
            thread_id=_uuid(request.GET.get("thread")),
            before=_seq(request.GET.get("before")),
        )
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("web:looks", case_id)
    return render(request, "case/look.html", shown.talk(user, talk))


@login_required
@require_safe
@never_cache
def all_looks(request: HttpRequest) -> HttpResponse:
    """Over all cases: what waits for a second person, and what can be read."""
    user = _user(request)
    if not audience.may_look(user):
        raise Http404
    rows = [shown.row(one.dispute, queries.row(one, clock.now()), user) for one in queries.asked_now(user)]
    return render(request, "pages/looks.html", {"looks": rows, "rooms": room_list(user, QueryDict()), "here": "looks"})


def _ask(request: HttpRequest, dispute: Dispute, form: LookForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        rates.commands.check(_user(request).pk)
        actions.ask(
            user=_user(request),
            dispute_id=dispute.pk,
            party_id=said["party"],
            ground=Ground(said["ground"]),
            reason=said["reason"],
            command_id=said["command_id"],
        )
    except NotFound:
        raise
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return _page(request, dispute, form, status=refused.status)
    return redirect("web:looks", dispute.pk)


def _page(request: HttpRequest, dispute: Dispute, form: LookForm, *, status: int = 200) -> HttpResponse:
    user = _user(request)
    rows = queries.rows(dispute, user, clock.now())
    context = {
        "case": {"id": dispute.pk, "number": dispute.number, "title": dispute.room.contract.title},
        "looks": [shown.row(dispute, one, user) for one in reversed(rows)],
        "form": form,
        "is_closed": dispute.closed_at is not None,
    } | shown.terms(dispute)
    return render(request, "case/looks.html", context, status=status)


def _uuid(text: str | None) -> UUID | None:
    """None for nothing; what is no id is there for nobody."""
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound from wrong


def _seq(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
