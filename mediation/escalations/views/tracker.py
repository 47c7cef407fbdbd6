"""The tracker, its rows changed in place and as a file, and the page of how the desk does."""

import csv
import io

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mediation.core import clock
from mediation.escalations import audience
from mediation.escalations.forms import TrackerFilter, form_for
from mediation.escalations.queries.overview import overview
from mediation.escalations.queries.tracker import cases, cells, faces
from mediation.escalations.rules.states import ON_TRACKER
from mediation.escalations.views.requests import places, user_of, uuid_of, worker_of
from mediation.escalations.views.shown import counted, line

ROWS = 50
MOST_CELLS = 10_000


@require_safe
@login_required
@never_cache
def tracker(request: HttpRequest) -> HttpResponse:
    """The desk's cases, what is due next first. Who only refers is led to their own referrals."""
    if not audience.works_here(user_of(request)) and audience.may_refer(user_of(request)):
        return redirect("escalations:mine")
    user, narrowed = worker_of(request), TrackerFilter(request.GET)
    page = Paginator(cases(user, narrowed.said), ROWS).get_page(request.GET.get("page"))
    shown = faces(page.object_list)
    lines = [line(case, shown.get(case.pk)) for case in page.object_list]
    for one in lines:
        if one["case"].state in ON_TRACKER:
            one["form"], one["press"] = form_for("plan", one["case"]), uuid_of(None)
            one["form"].auto_id = f"id_{one['case'].pk}_%s"
    context = {"page": page, "lines": lines, "filter": narrowed, "is_narrowed": bool(narrowed.said)}
    return render(request, "escalations/tracker.html", context | places(request, "tracker"))


@require_safe
@login_required
@never_cache
def file(request: HttpRequest) -> HttpResponse:
    """The filtered tracker for a spreadsheet."""
    user = worker_of(request)
    text = io.StringIO()
    csv.writer(text).writerows(cells(cases(user, TrackerFilter(request.GET).said)[:MOST_CELLS]))
    # A byte-order mark: without it a spreadsheet takes the letters of names for others.
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="tracker-{clock.now():%Y-%m-%d}.csv"'
    return answer


@require_safe
@login_required
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """How the desk does, for executives."""
    found = overview(worker_of(request))
    shown = {"overview": found, "counts": counted(found), "lines": [line(case, None) for case in found.executive]}
    return render(request, "escalations/overview.html", shown | places(request, "overview"))
