"""What a draft recommendation still lacks before it can be sent."""

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.models import Dispute
from mediation.disputes.queries.case import choices
from mediation.disputes.queries.case.reader import reader
from mediation.disputes.rules import table
from mediation.disputes.rules.possible import refusals
from mediation.disputes.rules.states import State, Track


def unready(dispute: Dispute, user: User) -> list[Refused]:
    """Every reason at once, so that mending one does not uncover the next; of a case that `case_view` has loaded."""
    line = table.find("issue_recommendation", State(dispute.state), Track(dispute.track), has_claim=dispute.has_claim)
    return refusals(line, choices.gathered(reader(dispute, user, clock.now()))) if line else []
