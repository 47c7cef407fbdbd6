"""One case: where it stands, its next step, and the form of every command."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediation.core import rates
from mediation.core.errors import NotFound, Refused
from mediation.escalations import audience, words
from mediation.escalations.actions import contacts
from mediation.escalations.actions.transition import transition
from mediation.escalations.forms import FORMS, form_for
from mediation.escalations.forms.commands import CommandForm
from mediation.escalations.forms.fields import zones
from mediation.escalations.models import Call, Case
from mediation.escalations.queries.calendar_files import calendar_file
from mediation.escalations.queries.tracker import faces
from mediation.escalations.rules import table
from mediation.escalations.views.requests import places, user_of, uuid_of, worker_of
from mediation.escalations.views.shown import page


@require_safe
@login_required
@never_cache
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where a case stands."""
    found = _case(request, case_id)
    context = page(found, user_of(request), faces([found]).get(found.pk)) | {"press": uuid_of(None)}
    for name in ("check", "note"):
        context[f"{name}_form"] = form_for(name, found) if name in context["may"] else None
    return render(request, "escalations/case.html", context | places(request, "case"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def do(request: HttpRequest, case_id: UUID, command: str) -> HttpResponse:
    """The form of a command; posted, it is said. Refused, the form comes again with everything that was written."""
    found = _case(request, case_id)
    if command not in FORMS:
        raise Http404
    if request.method != "POST":
        row = table.find(command, found.state)
        if row is None or not row.who & audience.actors(found, user_of(request)):
            messages.error(request, _("This cannot be done now. Here is where the case stands."))
            return redirect("escalations:case", case_id)
        return _form(request, found, command, form_for(command, found))
    form = form_for(command, found, request.POST)
    if not form.is_valid():
        return _form(request, found, command, form, status=400)
    try:
        _say(request, found, command, form)
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refused:
        if not form.fields:
            messages.error(request, str(refused.message))
            return redirect(_back(request, case_id))
        return _form(request, found, command, form, str(refused.message), status=refused.status)
    return redirect(_back(request, case_id))


@require_POST
@login_required
def merge(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Join the contact with the account that has its address."""
    try:
        rates.commands.check(worker_of(request).pk)
        contacts.merge(user=user_of(request), case_id=case_id)
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("escalations:case", case_id)


@require_safe
@login_required
@never_cache
def call_file(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The newest call as a calendar file."""
    found = _case(request, case_id)
    calls = Call.objects.filter(case=found).select_related("case__owner", "case__contact")
    call = calls.order_by("-changed_at").first()
    if call is None:
        raise Http404
    summary = _("Call with %(name)s") % {"name": found.contact.name}
    address = settings.PUBLIC_URL + reverse("escalations:case", args=[case_id])
    answer = HttpResponse(calendar_file(call, summary=summary, address=address), content_type="text/calendar")
    answer["Content-Disposition"] = 'attachment; filename="call.ics"'
    return answer


def _case(request: HttpRequest, case_id: UUID) -> Case:
    try:
        return audience.case_of(worker_of(request), case_id)
    except NotFound as gone:
        raise Http404 from gone


def _say(request: HttpRequest, found: Case, command: str, form: CommandForm) -> None:
    rates.commands.check(user_of(request).pk)
    version = request.POST.get("expected_version", "")
    transition(
        actor=user_of(request),
        case_id=found.pk,
        command=command,
        said=form.said,
        command_id=uuid_of(request.POST.get("command_id")),
        expected_version=int(version) if version.isdecimal() and len(version) < 10 else None,
    )


def _form(
    request: HttpRequest, found: Case, command: str, form: CommandForm, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "case": found,
        "command": command,
        "title": words.COMMANDS[command],
        "form": form,
        "refusal": refusal,
        "press": uuid_of(request.POST.get("command_id")),
        # After a refusal the newest: the page says how the case stands, and the next press is meant for that.
        "version": Case.objects.values_list("version", flat=True).get(pk=found.pk),
        "zones": zones() if command == "correct" else [],
        "back": _back(request, found.pk),
    }
    return render(request, "escalations/do.html", context | places(request, "case"), status=status)


def _back(request: HttpRequest, case_id: UUID) -> str:
    """Where the form was opened: the tracker with its filter, or the case."""
    asked = request.POST.get("next") or ""
    home = reverse("escalations:tracker")
    is_ours = asked.partition("?")[0] == home and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("escalations:case", args=[case_id])
