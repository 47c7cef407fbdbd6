"""What the other side hears by mail of what happened to a contract outside of a case: which letter, to whom, and while
what is so. The letters are handed over like every notice (`actions.notices`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.conversations.models import Contract, Milestone, Thread
from mediation.core import clock
from mediation.disputes.models import AutoRelease, Notice
from mediation.disputes.queries.milestones import claim_until
from mediation.disputes.queries.policies import newest_terms
from mediation.events.models import Event

Status = Milestone.Status

OF_EVENTS = {
    "milestone.submitted": "submitted",
    "milestone.approved": "approved",
    "milestone.returned": "returned",
    "milestone.released": "released",
    "milestone.asked_back": "asked_back",
    "milestone.ask_withdrawn": "ask_withdrawn",
    "milestone.given_back": "given_back",
    "milestone.refused": "refused",
    "contract.ended": "ended",
}
IS_ASKED = Q(milestone__refund_asked_at__isnull=False, milestone__refund_answered_at__isnull=True)
IS_SUBMITTED = Q(milestone__status=Status.SUBMITTED.value) & ~IS_ASKED
UNPAID = (Status.FUNDED.value, Status.SUBMITTED.value)


@dataclass(frozen=True, slots=True)
class News:
    """One letter. `stands` says of a notice whether that is still so; `waits`: somebody should answer, which nobody can
    while a case is open. The words name the job, the other side and the milestone.
    """

    stands: Q
    subject: Promise
    first: Promise
    otherwise: Promise
    waits: bool = False


NEWS: dict[str, News] = {
    "submitted": News(
        IS_SUBMITTED,
        _("“%(part)s” is ready for you to look at"),
        _("%(other)s has submitted “%(part)s” of “%(job)s”. Please approve it, or say what should change."),
        _("If you do not answer, it is paid by itself then."),
        waits=True,
    ),
    "release_near": News(
        IS_SUBMITTED,
        _("Reminder: “%(part)s” is paid by itself soon"),
        _("%(other)s submitted “%(part)s” of “%(job)s”, and you have not answered yet."),
        _("If you do not answer, it is paid by itself then. You can still ask for changes, or for the money back."),
        waits=True,
    ),
    "returned": News(
        Q(milestone__status=Status.FUNDED.value),
        _("%(other)s asks for changes to “%(part)s”"),
        _("%(other)s has looked at “%(part)s” of “%(job)s” and asks for changes. The room says which."),
        _("Submit it again when they are made. Until then nothing is paid by itself."),
    ),
    "approved": News(
        Q(milestone__status=Status.RELEASED.value),
        _("%(other)s has approved “%(part)s”"),
        _("%(other)s has approved “%(part)s” of “%(job)s”. What was held for it is yours."),
        _("There is nothing left to do for it."),
    ),
    "released": News(
        Q(milestone__status=Status.RELEASED.value),
        _("“%(part)s” was paid by itself"),
        _("“%(part)s” of “%(job)s” was not answered in time, so what was held for it went to the freelancer."),
        _("If something is wrong with it, you can file a claim about money that was paid."),
    ),
    "asked_back": News(
        Q(IS_ASKED, milestone__status__in=UNPAID),
        _("%(other)s asks for the money for “%(part)s” back"),
        _("%(other)s asks for the money for “%(part)s” of “%(job)s” back. Please give it back, or say why not."),
        _("Until then each of you can file a claim about it. Nothing is paid by itself before you answer."),
        waits=True,
    ),
    "ask_withdrawn": News(
        Q(milestone__refund_asked_at__isnull=True, milestone__status__in=UNPAID),
        _("%(other)s no longer asks for the money for “%(part)s” back"),
        _("%(other)s has taken back the request for the money for “%(part)s” of “%(job)s”."),
        _("You need not answer it any more."),
    ),
    "given_back": News(
        Q(milestone__status=Status.REFUNDED.value),
        _("%(other)s has given the money for “%(part)s” back"),
        _("%(other)s has given back what was held for “%(part)s” of “%(job)s”. It is yours."),
        _("There is nothing left to do for it."),
    ),
    "refused": News(
        Q(milestone__refund_answered_at__isnull=False, milestone__status__in=UNPAID),
        _("%(other)s does not give the money for “%(part)s” back"),
        _("%(other)s does not give back what is held for “%(part)s” of “%(job)s”. The room says why."),
        _("Until then you can file a claim about it. After that you can ask for it back again."),
    ),
    "ended": News(
        Q(room__contract__status=Contract.Status.ENDED.value),
        _("%(other)s has ended the contract “%(job)s”"),
        _("%(other)s has ended the contract “%(job)s”. The room says why."),
        _("If money is still held for it, the room says until when a claim about it can be filed."),
    ),
}  # fmt: skip


@transaction.atomic
def write(*, room_id: UUID, event: str, seq: int, position: int | None, actor_id: UUID | None) -> int:
    """Write the mails that an event of a room's contract asks for, to its parties but its author; once for an event.
    Nothing is written of what has gone on since, and what was written before and not sent is old news.
    """
    contract = Contract.objects.get(room=room_id)
    milestone = Milestone.objects.filter(contract=contract, position=position).first() if position else None
    if milestone is not None:
        later = Event.objects.filter(topic_id__in=_joint(room_id), seq__gt=seq, type__startswith="milestone.")
        if later.filter(data__milestone__position=position).exists():
            return 0
        Notice.objects.filter(milestone=milestone, handed_over_at__isnull=True).exclude(
            code__endswith=f":{seq}"
        ).delete()
    to = {contract.client_id, contract.freelancer_id} - {actor_id}
    return sum(_write(room_id, milestone, person, f"{OF_EVENTS[event]}:{seq}") for person in sorted(to))


def warn() -> int:
    """Write to the clients of milestones that are paid by themselves soon; once for each time it is submitted or goes
    on. Returns how many.
    """
    now = clock.now()
    soon = now + timedelta(hours=newest_terms().auto_release_warning_hours)
    near = AutoRelease.objects.filter(
        due_at__lte=soon, due_at__gt=now, released_at__isnull=True, warned_at__isnull=True
    )
    return sum(_warn(pk, now) for pk in list(near.values_list("pk", flat=True)[:100]))


def due(notice: Notice) -> datetime | None:
    """What a letter names as the last moment: of the answer, or of a claim."""
    milestone, kind = notice.milestone, notice.code.partition(":")[0]
    if milestone is None:
        return None
    if kind in ("submitted", "release_near"):
        return AutoRelease.objects.filter(milestone=milestone).values_list("due_at", flat=True).first()
    if kind in ("asked_back", "refused"):
        return claim_until(milestone.contract).get(milestone.pk)
    return None


@transaction.atomic
def _warn(release_id: int, now: datetime) -> bool:
    locked = AutoRelease.objects.select_for_update(no_key=True, of=("self",))
    one = locked.select_related("milestone__contract__room").filter(pk=release_id, warned_at__isnull=True).first()
    if one is None or one.due_at is None:
        return False
    one.warned_at = now
    one.save(update_fields=["warned_at"])
    contract = one.milestone.contract
    return _write(contract.room.pk, one.milestone, contract.client_id, f"release_near:{one.due_at:%Y%m%dT%H%M%S}")


def _write(room_id: UUID, milestone: Milestone | None, to_id: UUID, code: str) -> bool:
    return Notice.objects.get_or_create(
        room_id=room_id,
        to_id=to_id,
        channel=Notice.Channel.EMAIL.value,
        code=code,
        defaults={"milestone": milestone, "written_at": clock.now()},
    )[1]


def _joint(room_id: UUID) -> list[UUID]:
    main = Thread.objects.filter(room=room_id, audience=Thread.Audience.JOINT.value, is_main=True)
    return list(main.values_list("pk", flat=True))
