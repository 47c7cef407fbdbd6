"""Writing what a ticket is to say, in the order of the events it is of."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q

from mediation.conversations.models import Message, Thread
from mediation.core import clock
from mediation.disputes.models import Dispute, Performed
from mediation.disputes.rules.states import State
from mediation.disputes.rules.visibility import is_out
from mediation.events.models import Event
from mediation.zendesk.models import Heard, Mirror, Outgoing
from mediation.zendesk.rules.privacy import NotForZendesk, Visibility, visibility_of

_KINDS = {"message.edited": Outgoing.Kind.EDIT, "message.removed": Outgoing.Kind.REMOVAL}
_OTHER = frozenset({"message.reacted", "file.ready"})  # they change nothing that a ticket says


@transaction.atomic
def hear(*, event: Event) -> None:
    """An event of a room: its line goes to the ticket of the room's case, whose state may be another now. Heard twice,
    written once.
    """
    dispute = _case_of(event)
    if dispute is None:
        return
    mirror = _mirror_of(dispute)
    if event.at < mirror.began_at:
        return  # however late it is heard: what was said before there was a case is none of the ticket's
    is_written = _write(mirror, event)
    if is_written or "dispute" in event.data:
        _wake(mirror, clock.now())


def _case_of(event: Event) -> Dispute | None:
    """The case it belongs to: the one it names, else the one of its room that was open when it happened, however late
    it is heard. A draft is nobody's but its filer's.
    """
    if named := event.data.get("dispute"):
        case = Dispute.objects.filter(pk=UUID(named)).first()
    else:
        was_open = Q(closed_at__isnull=True) | Q(closed_at__gte=event.at)
        cases = Dispute.objects.filter(was_open, room_id=event.stream_id).exclude(state=State.DRAFT.value)
        case = cases.order_by(F("closed_at").asc(nulls_last=True)).first()
    if case is None or not is_out(case.state, has_claim=case.has_claim, filed_at=case.filed_at):
        return None
    return case


def _began(case: Dispute) -> datetime:
    """When others first heard of it: a claim was filed, or a mediator asked for without one."""
    out = Performed.objects.filter(dispute=case, command__in=("file", "ask_mediator")).aggregate(at=Min("at"))
    return out["at"] or case.created_at


def begin(dispute: Dispute) -> Mirror | None:
    """The case's mirror, locked, with what was said since the case began; None for one that nobody may know of."""
    if not is_out(dispute.state, has_claim=dispute.has_claim, filed_at=dispute.filed_at):
        return None
    return _mirror_of(dispute)


def _mirror_of(dispute: Dispute) -> Mirror:
    """The case's, locked. One that is new gets what was said since the case began."""
    locked = Mirror.objects.select_for_update()
    found = locked.filter(dispute=dispute).first()
    if found is not None:
        return found
    began = _began(dispute)
    made, is_new = Mirror.objects.get_or_create(
        dispute=dispute, defaults={"created_at": clock.now(), "began_at": began}
    )
    if is_new:
        catch_up(made, dispute)
    return locked.get(pk=made.pk)


def catch_up(mirror: Mirror, dispute: Dispute) -> int:
    """Write down what was not yet, of all that was said since the case began: before there was a mirror, or while
    Zendesk was switched off. Returns how many lines.
    """
    told = Outgoing.objects.filter(mirror=mirror, event_id=OuterRef("pk"))
    threads = Thread.objects.filter(room=dispute.room_id)
    joint = Q(topic_id__in=threads.filter(audience=Thread.Audience.JOINT.value).values("pk"))
    notes = Q(topic_id__in=threads.filter(audience=Thread.Audience.INTERNAL.value).values("pk"))
    of_people = notes & Q(type__startswith="message.")
    said = Event.objects.filter(joint | of_people, at__gte=mirror.began_at, target_seq__isnull=False)
    missing = said.exclude(type__in=_OTHER).filter(~Exists(told)).order_by("pk")
    return sum(_case_of(event) == dispute and _write(mirror, event) for event in missing)


def _write(mirror: Mirror, event: Event) -> bool:
    """Whether the ticket is to say something of it that was not written yet."""
    if event.target_seq is None or event.type in _OTHER:
        return False
    message = Message.objects.select_related("thread").filter(thread=event.topic_id, seq=event.target_seq).first()
    visibility = _visibility(message.thread, message) if message is not None else None
    if message is None or visibility is None:
        return False
    row = {
        "kind": _KINDS.get(event.type, Outgoing.Kind.LINE).value,
        "visibility": visibility.value,
        "thread": message.thread,
        "seq": message.seq,
        "written_at": clock.now(),
    }
    return Outgoing.objects.get_or_create(mirror=mirror, event_id=event.pk, defaults=row)[1]


def _visibility(thread: Thread, message: Message) -> Visibility | None:
    """None for what stays: private talks, the system's own notes among staff, and what came from Zendesk itself."""
    try:
        visibility = visibility_of(thread.audience)
    except NotForZendesk:
        return None
    if visibility is Visibility.NOTE and message.kind != Message.Kind.TEXT.value:
        return None
    came_from_there = message.client_id and Heard.objects.filter(client_id=message.client_id).exists()
    return None if came_from_there else visibility


def _wake(mirror: Mirror, at: datetime) -> None:
    """Something can be done from now on, unless it is waiting for a later moment on purpose."""
    if mirror.work_at is None:
        mirror.work_at = at
        mirror.save(update_fields=["work_at"])
