"""The case that is offered to an agent, why it is this one, and who said "not now" to a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.core.errors import Forbidden, NotFound
from mediation.desk import audience
from mediation.desk.errors import NothingForYou
from mediation.desk.models import Decline, QueueRow
from mediation.desk.queries import routing
from mediation.desk.rules.routing import Fit, Miss, most_said
from mediation.desk.words import MISSES


@dataclass(frozen=True, slots=True)
class Offer:
    """The next due case that suits. `before` says why those that are due before it are not for this agent."""

    row: QueueRow
    fit: Fit
    before: list[tuple[Miss, int]]


def offer(user: User, dispute_id: UUID | None = None) -> Offer:
    """What the agent is offered; with a `dispute_id` that case, as long as it suits. Nothing is reserved by it.

    Raises NotFound for who has no desk, Forbidden for who mediates nothing, NothingForYou with why.
    """
    may_be_offered(user)
    seen: list[Fit] = []
    for row, fit in routing.next_for(user):
        if fit.is_good and dispute_id in (None, row.pk):
            return Offer(row, fit, most_said(seen))
        seen.append(fit)
    raise nothing_for(seen)


def may_be_offered(user: User) -> None:
    """Raises NotFound for who has no desk, Forbidden for who mediates nothing."""
    if not audience.is_at_desk(user):
        raise NotFound
    if user.role not in MEDIATOR_ROLES:
        raise Forbidden


def nothing_for(seen: Iterable[Fit]) -> NothingForYou:
    """What is said where nothing waits, or nothing of it suits."""
    why = most_said(seen)
    message: Promise | str = NothingForYou.message
    if why:
        message = format_lazy(_("Nothing that waits suits you: {why}."), why=counted(why))
    return NothingForYou(message, detail={"why": [[miss.value, count] for miss, count in why]})


def counted(why: list[tuple[Miss, int]]) -> Promise:
    """Reasons with how often, as a reader has them."""
    words = (part for miss, count in why for part in (MISSES[miss], count))
    return format_lazy(", ".join(["{} ({})"] * len(why)), *words)


def declines_of(user: User, dispute_id: UUID) -> QuerySet[Decline]:
    """Who said "not now" to the case, the newest first: for supervisors; others read what they said themselves."""
    found = Decline.objects.filter(dispute=dispute_id)
    if not audience.is_lead(user):
        found = found.filter(agent=user)
    return found.select_related("agent").order_by("-at", "-pk")
