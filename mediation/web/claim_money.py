"""The money of a contract that a claim can be about, as choices in words; and why other money is none."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mediation.conversations.models import Contract, Milestone
from mediation.core import clock
from mediation.disputes.money import money
from mediation.disputes.queries.claimable import of_contract
from mediation.disputes.queries.policies import newest_terms
from mediation.disputes.rules.claimable import Claimable, claimable
from mediation.disputes.rules.deadlines import response_days
from mediation.disputes.rules.states import Track
from mediation.web import moments


class Money(NamedTuple):
    """`choices` can be claimed about: `value`, `track`, `about` (a milestone's id or a Monday), `word` and `hint`.
    `reasons` say of other money why not. `answer_days`: how many days the other side has, for each track among them.
    """

    choices: list[dict[str, Any]]
    reasons: list[str]
    answer_days: list[int]


def of(contract: Contract) -> Money:
    """What the wizard offers, held before paid and the newest week first."""
    now, terms = clock.now(), newest_terms()
    titles = dict(Milestone.objects.filter(contract=contract.pk).values_list("pk", "title"))
    every = claimable(of_contract(contract, contract.currency), now, terms)
    open_ = [one for one in every if not one.is_late(now)]
    over = [
        _("%(what)s: the time to file was over on %(moment)s.")
        % {"what": _word(one, titles), "moment": moments.full(end)}
        for one in every
        if one.is_late(now) and (end := one.ends_at)
    ]
    return Money(
        [_choice(one, titles, contract.currency) for one in open_],
        over or ([] if open_ else [_none(contract)]),
        sorted({response_days(one.track, terms) for one in open_}),
    )


def there(view: Mapping[str, Any]) -> str:
    """What a draft can be about, in a sentence: the sum that is held for it in escrow, or that was paid."""
    about = view["milestone"]["title"] if view["milestone"] else view["contract"]["title"]
    said = {
        Track.ESCROW.value: _("%(sum)s is held in escrow for “%(about)s”."),
        Track.ASSISTANCE.value: _("%(sum)s was paid for “%(about)s”."),
        Track.HOURLY.value: _("%(sum)s was paid for the hours of this week."),
    }[view["track"]]
    sums = money(view["filing"]["there_minor"], view["currency"], get_language() or "en")
    return said % {"sum": sums, "about": about}


def week(monday: date) -> str:
    """A week by the Monday it began on."""
    noon = timezone.make_aware(datetime.combine(monday, time(12)))
    return _("Week from %(day)s") % {"day": moments.day(noon)}


def _choice(one: Claimable, titles: dict[Any, str], currency: str) -> dict[str, Any]:
    about = str(one.milestone or one.week)
    states = {
        Track.ESCROW: _("in escrow"),
        Track.ASSISTANCE: _("already paid"),
        Track.HOURLY: _("last week's hours"),
    }
    until = (
        _("file before %(moment)s") % {"moment": moments.full(one.ends_at)} if one.ends_at else _("no time limit yet")
    )
    sums = money(one.amount_minor, currency, get_language() or "en")
    return {
        "value": f"{one.track.value}:{about}",
        "track": one.track,
        "about": about,
        "word": _word(one, titles),
        "hint": " · ".join((sums, states[one.track], until)),
    }


def _word(one: Claimable, titles: dict[Any, str]) -> str:
    return week(one.week) if one.week else titles[one.milestone]


def _none(contract: Contract) -> str:
    if contract.kind == Contract.Kind.HOURLY.value:
        return _("No hours of a past week have been paid here.")
    return _("No money is held in escrow here, and none has been paid.")
