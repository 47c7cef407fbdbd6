"""Whether an agent is free to mediate between two people (domain, section 3: conflict check)."""

from django.db.models import Q

from accounts.models import User
from mediation.conversations.models import Contract
from mediation.disputes.models import Dispute, Objection

CLEAR, DISCLOSE, BLOCKED = "clear", "disclose", "blocked"


def check(agent: User | None, dispute: Dispute) -> str:
    """`blocked`: they share a contract, or an objection of one of the parties to this agent was upheld. `disclose`:
    they are of the same company. Otherwise `clear`.
    """
    if agent is None:
        return CLEAR
    parties = [dispute.filer, dispute.respondent]
    ids = [party.pk for party in parties]
    shared = Contract.objects.filter(
        Q(client=agent, freelancer__in=ids)
        | Q(freelancer=agent, client__in=ids)
        | Q(pk=dispute.room.contract_id, client=agent)
    )
    upheld = Objection.objects.filter(mediator=agent, raised_by__in=ids, is_upheld=True)
    if agent.pk in ids or shared.exists() or upheld.exists():
        return BLOCKED
    company = agent.company.strip().casefold()
    return DISCLOSE if company and company in {party.company.strip().casefold() for party in parties} else CLEAR
