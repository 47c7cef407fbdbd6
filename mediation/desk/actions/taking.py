"""Taking a case from the queue: one winner, and everybody else is told who that is."""

from contextlib import suppress
from uuid import UUID

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.core.errors import Forbidden
from mediation.desk import audience
from mediation.desk.actions import rows
from mediation.desk.errors import NotWaiting, Taken
from mediation.desk.queries import offers, routing
from mediation.disputes.actions.transition import transition
from mediation.disputes.errors import AlreadyClaimed, ConflictOfInterest, ConsentMissing, NotNow
from mediation.disputes.models import Dispute, Performed


def take_next(*, user: User, command_id: UUID, dispute_id: UUID | None = None) -> Dispute:
    """Take the case that was offered; without a `dispute_id` the next due one that suits the agent, and where somebody
    is faster, the one after it. The same `command_id` again gives the case that was taken with it.

    Raises NotFound for who has no desk, Forbidden for who mediates nothing, NothingForYou with why, TooManyCases, and
    for what was offered all that `claim` does.
    """
    offers.may_be_offered(user)
    before = Performed.objects.filter(command_id=command_id, command="claim", actor=user).first()
    if before is not None:
        return Dispute.objects.get(pk=before.dispute_id)
    if dispute_id is not None:
        return claim(user=user, dispute_id=dispute_id, command_id=command_id)
    seen = []
    for row, fit in routing.next_for(user):
        seen.append(fit)
        if not fit.is_good:
            continue
        with suppress(Taken, NotWaiting, ConflictOfInterest, ConsentMissing):  # it was another's a moment ago
            return claim(user=user, dispute_id=row.pk, command_id=command_id)
    raise offers.nothing_for(seen)


def claim(*, user: User, dispute_id: UUID, reason: str = "", command_id: UUID | None = None) -> Dispute:
    """Take a case that waits for a mediator; who has it already keeps it. `reason` says why it is one more than the
    policy allows. The table of the case decides, the conflict check included.

    Raises NotFound, Forbidden for who mediates nothing, Taken with the winner, NotWaiting, or what the table refuses.
    """
    audience.row_of(user, dispute_id)
    if user.role not in MEDIATOR_ROLES:
        raise Forbidden
    payload = {"override_reason": reason} if reason else {}
    try:
        transition(actor=user, dispute_id=dispute_id, command="claim", payload=payload, command_id=command_id)
    except (AlreadyClaimed, NotNow) as refused:
        owner = Dispute.objects.select_related("mediator").get(pk=dispute_id).mediator
        if owner is None:
            raise NotWaiting from refused
        if owner.pk != user.pk:
            raise Taken(id=str(owner.pk), name=owner.name) from refused
    finally:
        rows.refresh([dispute_id])  # whoever lost looks at an old queue: it is put right at once
    return Dispute.objects.get(pk=dispute_id)
