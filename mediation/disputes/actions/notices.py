"""Handing notices over, each on its channel: what the default rule counts is what the channel has taken.

A notice is kept from other workers by moving `try_at`, so that no transaction is open while a mail server answers. A
worker that dies in between leaves it to be tried again; the mail then carries the same id.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from mediation.conversations.models import Message, Thread
from mediation.core import clock
from mediation.disputes.actions.letters import LETTERS, letter
from mediation.disputes.models import Dispute, Notice

log = logging.getLogger(__name__)

KEPT = timedelta(minutes=2)  # longer than a mail server may take
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
MOST_DOUBLINGS = 10


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
    is written of a case that has gone on since.
    """
    dispute = Dispute.objects.filter(pk=dispute_id, version=version).first()
    if dispute is None:
        return 0
    kind, written = OF_EVENTS[event], 0
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
    """Hand over what waits; returns how many were taken. Safe to run anywhere, any number of times."""
    now = clock.now()
    waiting = _waiting(now).order_by("written_at", "pk").values_list("pk", flat=True)[:limit]
    return sum(_hand_over(notice_id, now) for notice_id in list(waiting))


def _waiting(now: datetime) -> QuerySet[Notice]:
    """Not handed over, not in somebody's hands, and not overtaken by what happened since. Nothing is handed to an
    account that is closed.
    """
    is_news = Q()
    for kind, said in LETTERS.items():
        is_news |= Q(Q(code=kind) | Q(code__startswith=f"{kind}:"), dispute__state=said.state.value)
    return Notice.objects.filter(_is_free(now), is_news, to__is_active=True)


def _is_free(now: datetime) -> Q:
    return Q(Q(try_at__isnull=True) | Q(try_at__lte=now), handed_over_at__isnull=True)


def _hand_over(notice_id: int, now: datetime) -> bool:
    # Asked of the row itself, not only of the list: of two workers at once the second finds it taken.
    mine = Notice.objects.filter(_is_free(now), pk=notice_id, pk__in=_waiting(now).values("pk"))
    if not mine.update(try_at=now + KEPT, attempts=F("attempts") + 1):
        return False
    notice = Notice.objects.select_related("to", "dispute__room__contract", "dispute__filer", "dispute__respondent")
    return _deliver(notice.get(pk=notice_id))


def _deliver(notice: Notice) -> bool:
    try:
        taken = _CHANNELS[notice.channel](notice)
    except Exception:
        # Whatever a mail server says, it may repeat what was written to it: the log gets the kind of notice only.
        log.warning("A notice was not taken", extra={"notice": notice.pk, "channel": notice.channel}, exc_info=False)
        taken = False
    if taken:
        Notice.objects.filter(pk=notice.pk, handed_over_at__isnull=True).update(handed_over_at=clock.now())
    else:
        wait = min(FIRST_WAIT * 2 ** min(notice.attempts - 1, MOST_DOUBLINGS), LONGEST_WAIT)
        Notice.objects.filter(pk=notice.pk).update(try_at=clock.now() + wait)
    return taken


def _by_mail(notice: Notice) -> bool:
    return letter(notice).send() == 1


def _in_the_room(notice: Notice) -> bool:
    """Its line stands in the room, in front of everyone."""
    lines = Message.objects.filter(
        thread__room=notice.dispute.room_id,
        thread__audience=Thread.Audience.JOINT.value,
        code=f"dispute.{notice.code}",
        params__dispute=str(notice.dispute_id),
    )
    return lines.exists()


_CHANNELS = {Notice.Channel.EMAIL.value: _by_mail, Notice.Channel.IN_APP.value: _in_the_room}
