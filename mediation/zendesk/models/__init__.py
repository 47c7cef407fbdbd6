"""What is stored of the mirror, by noun."""

from mediation.zendesk.models.account import Account, Allowance, Person
from mediation.zendesk.models.inbound import Heard, Ring, Stray
from mediation.zendesk.models.mirror import Mirror
from mediation.zendesk.models.outbox import Outgoing, Request

__all__ = ["Account", "Allowance", "Heard", "Mirror", "Outgoing", "Person", "Request", "Ring", "Stray"]
