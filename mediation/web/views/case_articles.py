"""Articles for the case at hand, for staff: read, put into what they write to everyone, and told which one fits; and
what the case is about.
"""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from mediation.conversations.actions import reading
from mediation.core import rates
from mediation.core.errors import Forbidden, NotFound, Refused
from mediation.desk.actions import reasons
from mediation.disputes.models import Dispute
from mediation.help_center.actions import learning
from mediation.help_center.audience import FALLBACK
from mediation.help_center.rules.personal import without_personal
from mediation.web import case_articles as shown
from mediation.web import case_page, case_reasons
from mediation.web.forms import ArticleForm


@login_required
@require_safe
@never_cache
def articles(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What fits, and what can be done with it."""
    user, dispute = _case(request, case_id)
    case = case_page.addresses(dispute, user) | {"id": dispute.pk, "title": dispute.room.contract.title}
    found = shown.suggestions(user, dispute, _language())
    about = case_reasons.part(user, dispute, shown.question(dispute), _language())
    return render(request, "case/articles.html", {"case": case, "found": found, "about": about})


@login_required
@require_POST
def reason(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say what the case is mostly about: what was suggested, or another of the list."""
    user, dispute = _case(request, case_id)
    try:
        rates.commands.check(user.pk)
        reasons.say_reason(
            user=user, dispute_id=dispute.pk, code=request.POST.get("reason", ""),
            suggested=request.POST.get("suggested", ""), question=without_personal(shown.question(dispute)),
        )  # fmt: skip
    except NotFound as gone:
        raise Http404 from gone
    except Forbidden as refused:
        raise PermissionDenied from refused
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("web:case_articles", case_id)


@login_required
@require_POST
def put(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put the article's address into what one is writing to everyone. Nothing is sent by it."""
    user, dispute = _case(request, case_id)
    try:
        rates.commands.check(user.pk)
        thread, body = shown.draft_with(user, dispute, _article_id(request))
        reading.save_draft(user=user, thread_id=thread, body=body)
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("web:case_articles", case_id)
    return redirect(f"{reverse('web:room', args=[dispute.room_id])}?thread={thread}#composer")


@login_required
@require_POST
def fit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say which article fits, or that none does; the next suggestions feel it."""
    user, dispute = _case(request, case_id)
    try:
        rates.commands.check(user.pk)
        named = request.POST.get("article", "")
        article = shown.article_of(user, _language(), _article_id(request)) if named else None
        spoken = dispute.filer.language
        learning.teach(user=user, question=shown.question(dispute), language=spoken, article=article)
    except NotFound as gone:
        raise Http404 from gone
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Thank you. What is suggested from now on takes it into account."))
    return redirect("web:case_articles", case_id)


def _case(request: HttpRequest, case_id: UUID) -> tuple[User, Dispute]:
    user = cast(User, request.user)
    try:
        return user, shown.case_for(user, case_id)
    except NotFound as gone:
        raise Http404 from gone


def _article_id(request: HttpRequest) -> UUID:
    form = ArticleForm(request.POST)
    if not form.is_valid():
        raise NotFound
    named: UUID = form.cleaned_data["article"]
    return named


def _language() -> str:
    return get_language() or FALLBACK
