"""What the help centre is worth, for those who answer for it: tables, the same as a file, and the questions behind."""

from datetime import datetime, time, timedelta
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from mediation.core import clock
from mediation.help_center.queries import figures as queries
from mediation.help_center.rules.figures import Session
from mediation.web import help_figures as shown
from mediation.web.forms import PeriodForm
from mediation.web.lists import room_list

_DAYS = 28
_ON_A_PAGE = 50


@login_required
@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """The tables of a period; `?as=csv` gives the same as a file."""
    user = _reader(request)
    form, sessions = _asked_for(request)
    if sessions is None:
        return render(request, "help/figures.html", _frame(user) | {"form": form}, status=400)
    tables = shown.parts(sessions, clock.now())
    if request.GET.get("as") == "csv":
        name = f"help-{form.data['begins']}-{form.data['ends']}.csv"
        return HttpResponse(
            shown.as_csv(tables), "text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )  # fmt: skip
    context = {"form": form, "tables": tables, "heads": shown.heads(), "period": _period(form)}
    return render(request, "help/figures.html", _frame(user) | context)


@login_required
@require_safe
@never_cache
def questions(request: HttpRequest) -> HttpResponse:
    """The questions behind a number: `?part=place&group=bot&number=confirmed` and the period."""
    user = _reader(request)
    form, sessions = _asked_for(request)
    part, group = request.GET.get("part", "all"), request.GET.get("group", "all")
    number = request.GET.get("number", "sessions")
    asked = shown.behind(sessions or [], clock.now(), part, group, number)
    page = Paginator(queries.questions(asked), _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "group": shown.group_name(part, group), "number": shown.number_name(number),
        "period": _period(form), "rows": [(one, shown.asker(one)) for one in page],
    }  # fmt: skip
    return render(request, "help/figures_questions.html", _frame(user) | context)


def _reader(request: HttpRequest) -> User:
    user = cast(User, request.user)
    if not queries.may_read(user):
        raise Http404
    return user


def _frame(user: User) -> dict[str, object]:
    return {"rooms": room_list(user, QueryDict()), "here": "figures"}


def _asked_for(request: HttpRequest) -> tuple[PeriodForm, list[Session] | None]:
    """The last weeks until another period is asked for; None instead of the sessions of a period that is none."""
    today = timezone.localdate(clock.now())
    usual = {"begins": (today - timedelta(days=_DAYS - 1)).isoformat(), "ends": today.isoformat()}
    form = PeriodForm({name: request.GET.get(name) or day for name, day in usual.items()})
    if not form.is_valid():
        return form, None
    begins, ends = form.cleaned_data["begins"], form.cleaned_data["ends"] + timedelta(days=1)
    return form, queries.sessions(_midnight(begins), _midnight(ends))


def _midnight(day: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _period(form: PeriodForm) -> str:
    return urlencode({name: form.data[name] for name in ("begins", "ends")})
