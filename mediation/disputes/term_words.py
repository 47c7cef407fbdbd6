"""What a contract says, in the reader's language. Codes and parameters in, words out."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mediation.disputes.money import money
from mediation.disputes.rules.contract_terms import FIXED, HOURLY, MILESTONE, Term

Params = dict[str, Any]


def written(term: Term) -> str:
    """A term as a sentence; one whose code a later version made is shown by its title."""
    say = _SAID.get(term["code"])
    return say(term["params"]) if say else str(term["params"].get("title", ""))


def _fixed(params: Params) -> str:
    return _("%(title)s: fixed price, %(sum)s") % {"title": params["title"], "sum": _sum(params, "amount_minor")}


def _hourly(params: Params) -> str:
    return _("%(title)s: %(rate)s an hour, at most %(hours)s hours a week") % {
        "title": params["title"], "rate": _sum(params, "rate_minor"), "hours": params["weekly_hours"],
    }  # fmt: skip


def _milestone(params: Params) -> str:
    said = _("Milestone %(number)s: %(title)s, %(sum)s") % {
        "number": params["number"], "title": params["title"], "sum": _sum(params, "amount_minor"),
    }  # fmt: skip
    if params["due_date"] is None:
        return said
    day = date_format(date.fromisoformat(params["due_date"]), pgettext("date format, day of another year", "j M Y"))
    return _("%(milestone)s, due %(day)s") % {"milestone": said, "day": day}


def _sum(params: Params, name: str) -> str:
    return money(params[name], params["currency"], get_language() or "en")


_SAID: dict[str, Callable[[Params], str]] = {FIXED: _fixed, HOURLY: _hourly, MILESTONE: _milestone}
