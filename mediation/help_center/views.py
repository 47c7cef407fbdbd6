"""The help centre's pages, for everybody, signed in or not. Nothing here needs a script."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediation.core.errors import NotFound
from mediation.help_center import audience
from mediation.help_center.actions import asking
from mediation.help_center.errors import NothingAsked
from mediation.help_center.models import Ask
from mediation.help_center.queries import answering, reading
from mediation.help_center.queries import search as queries

_SESSION = "help_session"
_MOST_WORDS = 200


def _language() -> str:
    return get_language() or audience.FALLBACK


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The sections with their articles."""
    return render(request, "help/home.html", {"groups": reading.groups(request.user, _language())})


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """One section."""
    try:
        group = reading.section(request.user, _language(), slug)
    except NotFound as gone:
        raise Http404 from gone
    return render(request, "help/section.html", {"group": group})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """An article; from an old address for good to the new one."""
    try:
        shown = reading.article(request.user, _language(), slug)
    except NotFound as gone:
        now_at = reading.moved_to(request.user, _language(), slug)
        if now_at is None:
            raise Http404 from gone
        return redirect("help_center:article", now_at, permanent=True)
    return render(request, "help/article.html", {"article": shown})


@require_safe
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """A version as its readers would see it; for who writes articles."""
    try:
        version = audience.draft_of(request.user, number)
    except NotFound as gone:
        raise Http404 from gone
    shown = reading.shown(version, version.language)
    return render(request, "help/article.html", {"article": shown, "is_preview": version.published_at is None})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Articles that hold the words."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:_MOST_WORDS]
    hits = queries.search(request.user, _language(), words)
    return render(request, "help/search.html", {"words": words, "hits": hits})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form for a question in one's own words."""
    question = request.POST.get("question", "")
    if request.method != "POST":
        return render(request, "help/ask.html")
    try:
        asked = asking.ask(
            reader=request.user, language=_language(), question=question, session_id=_session_of(request)
        )
    except NothingAsked as refusal:
        return render(request, "help/ask.html", {"question": question, "refusal": refusal.message}, status=400)
    request.session[_SESSION] = str(asked.session_id)
    return redirect("help_center:answer", asked.pk)


@require_safe
def answer(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """What was found for a question of this browser's."""
    asked = (
        Ask.objects.select_related("shown__article").filter(pk=ask_id, session=_session_of(request)).first()
        if _session_of(request)
        else None
    )
    if asked is None:
        raise Http404
    found = answering.kept(request.user, asked)
    return render(request, "help/answer.html", {"asked": asked, "found": found})


@require_POST
def verdict(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """“This solved it”, “not quite”, “a person, please”."""
    try:
        asking.say_verdict(ask_id=ask_id, session_id=_session_of(request), verdict=request.POST.get("verdict", ""))
    except NotFound as gone:
        raise Http404 from gone
    return redirect("help_center:answer", ask_id)


def _session_of(request: HttpRequest) -> UUID | None:
    kept = request.session.get(_SESSION)
    return UUID(kept) if kept else None
