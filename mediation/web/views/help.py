"""Help that is made from the product itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mediation.web import workflow_chart


@require_GET
def workflow(request: HttpRequest) -> HttpResponse:
    """How a case goes, drawn and in words, from the one table. For everybody, signed in or not."""
    return render(request, "pages/workflow.html", {"chart": workflow_chart.chart()})
