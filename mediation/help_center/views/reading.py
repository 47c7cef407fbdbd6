"""Articles: the first page, sections, one article, a draft, search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mediation.core.errors import NotFound
from mediation.help_center import audience
from mediation.help_center.actions import answering
from mediation.help_center.queries import reading
from mediation.help_center.queries import search as queries
from mediation.help_center.views.browser import language

_MOST_WORDS = 200


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The sections with their articles."""
    answering.make_ready(language())
    return render(request, "help/home.html", {"groups": reading.groups(request.user, language())})


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """One section."""
    try:
        group = reading.section(request.user, language(), slug)
    except NotFound as gone:
        raise Http404 from gone
    return render(request, "help/section.html", {"group": group})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """An article; from an old address for good to the new one."""
    try:
        shown = reading.article(request.user, language(), slug)
    except NotFound as gone:
        now_at = reading.moved_to(request.user, language(), slug)
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
    hits = queries.search(request.user, language(), words)
    return render(request, "help/search.html", {"words": words, "hits": hits})
