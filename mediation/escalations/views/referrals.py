"""Referring a client, what came of one's own referrals, and the rules of whom to refer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mediation.core import rates
from mediation.core.errors import NotFound, Refused
from mediation.escalations import audience, words
from mediation.escalations.actions import referring
from mediation.escalations.forms import ReferralForm, RulesForm
from mediation.escalations.forms.fields import zones
from mediation.escalations.models import ReferralRules
from mediation.escalations.views.requests import places, referrer_of, uuid_of
from mediation.escalations.views.shown import criteria, line

ROWS = 50
VERSIONS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def refer(request: HttpRequest) -> HttpResponse:
    """The form that refers a client; posted, it is sent once, however often it is pressed."""
    user = referrer_of(request)
    form = ReferralForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            rates.commands.check(user.pk)
            referring.refer(user=user, press=uuid_of(request.POST.get("press")), said=form.said)
        except Refused as refused:
            refusal, status = str(refused.message), refused.status
        else:
            messages.success(request, _("Referred. The executive desk replies here and by mail."))
            return redirect("escalations:mine")
    elif request.method == "POST":
        status = 400
    context = {"form": form, "refusal": refusal, "press": uuid_of(request.POST.get("press")), "zones": zones()}
    return render(request, "escalations/refer.html", context | places(request, "refer"), status=status)


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """How one's own referrals stand, with the replies."""
    found = (
        audience.own_referrals(referrer_of(request))
        .select_related("contact", "owner", "rules")
        .order_by("-received_at")
    )
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [line(case, None) | {"criteria": criteria(case)} for case in page.object_list]}
    return render(request, "escalations/mine.html", context | places(request, "mine"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def rules(request: HttpRequest) -> HttpResponse:
    """Whom to refer, for all who may; a lead writes the next version."""
    user, newest = referrer_of(request), referring.newest_rules()
    is_lead, status = audience.is_lead(user), 200
    form = RulesForm.of(newest) if is_lead else None
    if request.method == "POST":
        if not is_lead:
            raise Http404
        form = RulesForm(request.POST)
        if form.is_valid():
            try:
                rates.commands.check(user.pk)
                referring.change_rules(user=user, terms=form.terms, note=form.cleaned_data["note"])
            except NotFound as gone:
                raise Http404 from gone
            except Refused as refused:
                messages.error(request, str(refused.message))
            return redirect("escalations:rules")
        status = 400
    versions = ReferralRules.objects.select_related("created_by").order_by("-version")[:VERSIONS]
    context = {"rules": newest, "form": form, "versions": versions}
    context["segment"] = words.SEGMENTS.get(newest.least_segment, "")
    return render(request, "escalations/rules.html", context | places(request, "rules"), status=status)
