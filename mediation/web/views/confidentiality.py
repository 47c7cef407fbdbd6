"""The confidentiality notice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mediation.web.confidentiality import notice


@require_GET
def confidentiality(request: HttpRequest) -> HttpResponse:
    """Who reads what of a case. For everybody, signed in or not."""
    return render(request, "pages/confidentiality.html", {"parts": notice()})
