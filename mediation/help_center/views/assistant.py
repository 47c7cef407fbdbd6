"""The assistant: a conversation that says how things work, and calls a person for everything else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mediation.core.errors import Refused
from mediation.help_center.actions import answering, assisting
from mediation.help_center.queries import asked as queries
from mediation.help_center.views import browser


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def assistant(request: HttpRequest) -> HttpResponse:
    """The turns so far and a field for the next; `again` begins anew."""
    if request.method != "POST":
        answering.make_ready(browser.language())
        return _page(request)
    if request.POST.get("again"):
        browser.begin_anew(request, browser.ASSISTANT)
        return redirect("help_center:assistant")
    question = request.POST.get("question", "")
    try:
        browser.check_rate(request)
        turn = assisting.say(
            reader=request.user, language=browser.language(), question=question,
            session_id=browser.session_at(request, browser.ASSISTANT),
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, refusal.status, question=question, refusal=refusal.message)
    browser.keep(request, browser.ASSISTANT, turn.session_id)
    return redirect(f"{reverse('help_center:assistant')}#newest")


def _page(request: HttpRequest, status: int = 200, **said: object) -> HttpResponse:
    turns = queries.turns(request.user, browser.session_at(request, browser.ASSISTANT))
    return render(request, "help/assistant.html", {"turns": turns, **said}, status=status)
