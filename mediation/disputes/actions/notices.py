"""Handing notices over, each on its channel: what the default rule counts is what the channel has taken."""

from uuid import UUID

from django.db.models import Q, QuerySet

from mediation.conversations.models import Message, Thread
from mediation.core import clock
from mediation.core.outbox import Outbox
from mediation.disputes.actions.letters import LETTERS, letter
from mediation.disputes.actions.news import NEWS
from mediation.disputes.models import Dispute, Notice
from mediation.disputes.queries.facts import OPEN_STATES

# Events after which a party's silence has a consequence, and what they are told of it.
OF_EVENTS = {
    "dispute.decline": "answered",
    "dispute.issue_recommendation": "recommended",
    "dispute.accept_offer": "settling",
    "dispute.bids_match": "settling",
    "dispute.propose_text": "settling",
    "dispute.answers_agree": "settling",
    "dispute.answers_differ": "no_agreement",
    "dispute.declare_impasse": "no_agreement",
    "dispute.mediation_overdue": "no_agreement",
}


def write(*, dispute_id: UUID, event: str, actor_id: UUID | None, version: int) -> int:
    """Write the mails that an event of a case asks for, to both parties but its author; once for a version. Nothing
    is written of a case that stands elsewhere by now; whatever else was said in it since, silence still counts.
    """
    dispute = Dispute.objects.get(pk=dispute_id)
    kind, written = OF_EVENTS[event], 0
    if dispute.state != LETTERS[kind].state.value:
        return 0  # a call without a claim ends where a claim would go on
    for to in {dispute.filer_id, dispute.respondent_id} - {actor_id if kind == "answered" else None}:
        _, is_new = Notice.objects.get_or_create(
            dispute=dispute,
            to_id=to,
            channel=Notice.Channel.EMAIL.value,
            code=f"{kind}:{version}",
            defaults={"params": {"number": dispute.number}, "written_at": clock.now()},
        )
        written += is_new
    return written


def hand_over(*, limit: int = 100) -> int:
    """Hand over what waits; returns how many were taken."""
    return OUTBOX.hand_over(limit=limit)


def _rows() -> QuerySet[Notice]:
    """What was not overtaken by what happened since. To whom the account is closed they go all the same, news of the
    contract too: a milestone that nobody answers is paid by itself, so their silence counts there as it does in a case
    (decisions/0017).
    """
    is_news, decided = Q(), Dispute.objects.filter(state__in=OPEN_STATES, milestone__isnull=False).values("milestone")
    for kind, said in LETTERS.items():
        is_news |= Q(Q(code=kind) | Q(code__startswith=f"{kind}:"), dispute__state=said.state.value)
    for kind, told in NEWS.items():
        # What waits for an answer waits for nobody while a case about it is open.
        free = Q(milestone__isnull=True) | ~Q(milestone__in=decided) if told.waits else Q()
        is_news |= Q(free, told.stands, code__startswith=f"{kind}:", room__isnull=False)
    rows = Notice.objects.filter(is_news).order_by("written_at", "pk")
    return rows.select_related("to", "milestone", "dispute__room__contract", "room__contract")


def _by_mail(notice: Notice) -> bool:
    return letter(notice).send() == 1


def _in_the_room(notice: Notice) -> bool:
    """Its line stands in the room, in front of everyone."""
    lines = Message.objects.filter(
        thread__room=notice.dispute.room_id if notice.dispute else notice.room_id,
        thread__audience=Thread.Audience.JOINT.value,
        code=f"dispute.{notice.code}",
        params__dispute=str(notice.dispute_id),
    )
    return lines.exists()


_CHANNELS = {Notice.Channel.EMAIL.value: _by_mail, Notice.Channel.IN_APP.value: _in_the_room}
# Never given up: silence counts only once a notice was taken.
OUTBOX = Outbox("Notices", _rows, lambda notice: _CHANNELS[notice.channel](notice))
