"""Who took part in a case by name: the two sides, and everyone who came into the room as its mediator or told of a tie
to one of them before.
"""

from mediation.conversations.models import Member
from mediation.disputes.models import Dispute


def names(dispute: Dispute) -> dict[str, str]:
    """Names by id. Who mediated and left stays in it: both sides saw them come, or were asked whether they may. Other
    staff are Upwork to the sides.
    """
    came = Member.objects.filter(
        room=dispute.room_id, role=Member.Role.MEDIATOR.value, joined_at__gte=dispute.created_at
    ).order_by("joined_at", "pk")
    found = {str(one.pk): one.name for one in (dispute.filer, dispute.respondent, dispute.mediator) if one}
    found |= {str(one.agent_id): one.agent.name for one in dispute.disclosures.all()}
    return found | {str(key): name for key, name in came.values_list("user_id", "user__name")}
