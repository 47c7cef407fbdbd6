"""The case file: to read and print, as a PDF, as a document with proof; and the page that checks such a document."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from mediation.core.errors import NotFound
from mediation.disputes import audience
from mediation.disputes.queries import casefile
from mediation.disputes.rules import casefile as rules
from mediation.web import case_page, case_words, words
from mediation.web.casebook import book, chains, facts
from mediation.web.forms import CaseFileForm


@login_required
@require_GET
@never_cache
def page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The file on one page, which prints well."""
    document = _document(request, case_id)
    context = {"book": _book(document), "case": document["case"], "room_id": document["view"]["room"]}
    return render(request, "case/file.html", context | {"seal": document[rules.SEAL]})


@login_required
@require_GET
@never_cache
def brief(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case on one screen, the same for everybody in it; and what this reader has not seen yet."""
    user = _user(request)
    try:
        dispute = audience.case_of(user, case_id)
    except NotFound as gone:
        raise Http404 from gone
    context = facts.context(dispute, user)
    more = case_page.addresses(dispute, user) | {"number": dispute.number, "state": case_words.STATES[dispute.state]}
    return render(request, "case/brief.html", context | more)


@login_required
@require_GET
@never_cache
def paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The same as a PDF."""
    document = _document(request, case_id)
    from mediation.web.casebook import pdf  # brings a library that takes a process long to load, and is used rarely

    drawn = pdf.draw(_book(document), language=get_language() or "en", seal=document[rules.SEAL])
    return _download(drawn, "application/pdf", document, "pdf")


@login_required
@require_GET
@never_cache
def proof(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The document itself, with everything that is needed to check it."""
    document = _document(request, case_id)
    return _download(rules.written(document), "application/json", document, "json")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Is the file that somebody brings whole, unchanged and ours? Nothing of it is kept."""
    form = CaseFileForm(request.POST, request.FILES) if request.method == "POST" else CaseFileForm()
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            context |= _told(casefile.check(form.cleaned_data["file"].read(), _user(request)))
        except rules.Unreadable:
            form.add_error("file", _("This is no case file of ours. Choose the file that ends in .json."))
    if form.errors:
        status = 400
    return render(request, "case/verify.html", context, status=status)


def _told(verdict: casefile.Verdict) -> dict[str, Any]:
    """What we can say of a file, its lists by name."""
    case = verdict.case
    sides = ("filer", "respondent") if case.get("filer_is_client") else ("respondent", "filer")
    names = (
        {role: case[side]["name"] for role, side in zip(("client", "freelancer"), sides, strict=True)} if case else {}
    )

    def name(code: str) -> str:
        return chains.name(code, lambda role: names.get(role, str(words.ROLES[role]) if role in words.ROLES else role))

    return {
        "verdict": verdict,
        "broken_in": name(verdict.broken.audience) if verdict.broken else "",
        "heads": [(name(code), number, mark) for code, (number, mark) in verdict.heads.items()],
    }


def _document(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    user = _user(request)
    try:
        return casefile.export(audience.case_of(user, case_id), user)
    except NotFound as gone:
        raise Http404 from gone


def _book(document: dict[str, Any]) -> book.Book:
    return book.compose(document, get_language() or "en")


def _download(content: bytes, content_type: str, document: dict[str, Any], ending: str) -> HttpResponse:
    name = f"parley-case-{document['case']['number'] or 'draft'}.{ending}"
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
