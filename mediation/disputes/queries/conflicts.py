"""Whether an agent is free to mediate between two people (domain, section 3: conflict check)."""

from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Value

from accounts.models import User
from accounts.queries import shared_identifiers
from accounts.rules import IdentifierKind
from mediation.conversations.models import Contract
from mediation.disputes.models import Dispute, Objection

CLEAR, DISCLOSE, BLOCKED = "clear", "disclose", "blocked"
CONTRACT, OBJECTION = "contract", "objection"
# Who shares these is one person, one household or one purse; what else is shared the parties can judge themselves.
BLOCKING = frozenset({IdentifierKind.PHONE.value, IdentifierKind.PAYOUT.value, CONTRACT, OBJECTION})


def check(agent: User | None, dispute: Dispute) -> str:
    """`blocked`: they share a contract, a phone or a payout account, or an objection of one of the parties to this
    agent was upheld. `disclose`: they are of the same company or agency, or have one address, which a whole house may
    share. Otherwise `clear`.
    """
    if agent is None:
        return CLEAR
    parties = [dispute.filer, dispute.respondent]
    ids = [party.pk for party in parties]
    if agent.pk in ids:
        return BLOCKED
    ties = _ties(agent, dispute, ids)
    if ties & BLOCKING:
        return BLOCKED
    company = agent.company.strip().casefold()
    is_of_one = bool(company) and company in {party.company.strip().casefold() for party in parties}
    return DISCLOSE if ties or is_of_one else CLEAR


def _ties(agent: User, dispute: Dispute, parties: list[UUID]) -> set[str]:
    """What is known to tie them, all in one question: a senior is asked it with every look at a case."""
    shared = Contract.objects.filter(
        Q(client=agent, freelancer__in=parties)
        | Q(freelancer=agent, client__in=parties)
        | Q(pk=dispute.room.contract_id, client=agent)
    )
    upheld = Objection.objects.filter(mediator=agent, raised_by__in=parties, is_upheld=True)
    found = shared_identifiers(agent, parties).values_list("kind")
    return {tie for (tie,) in found.union(_called(CONTRACT, shared), _called(OBJECTION, upheld))}


def _called(name: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(name, CharField()))
