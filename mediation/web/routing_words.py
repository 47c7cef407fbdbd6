"""Whom a case suits, in words: for the agent who reads it, and for whoever gives it to somebody."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from mediation.desk.queries import routing
from mediation.desk.rules.routing import Fit
from mediation.desk.words import MISSES
from mediation.disputes.models import Dispute


def own(agent: User, dispute: Dispute) -> dict[str, Any]:
    """Whether the case suits its reader, and why not."""
    fit = routing.fit_of(agent, dispute)
    return {"is_good": fit.is_good, "words": said(fit)}


def choices(dispute: Dispute) -> list[dict[str, str]]:
    """Everybody who may take cases, whom it suits best first, as choices of a form."""
    return [
        {"value": str(one.agent.pk), "word": f"{one.agent.name} · {said(one.fit)}"}
        for one in routing.candidates(dispute)
    ]


def said(fit: Fit) -> str:
    """“suits, 20 of 100 points”, or why not."""
    word = ", ".join(str(MISSES[miss]) for miss in fit.misses) or pgettext("a case and an agent", "suits")
    return f"{word} · {load(fit)}"


def load(fit: Fit) -> str:
    """How much the agent carries, and of how much."""
    if fit.limit is None:
        return _("%(load)s points") % {"load": fit.load}
    return _("%(load)s of %(limit)s points") % {"load": fit.load, "limit": fit.limit}
