"""An event as clocks hear it: of which case, in which state, and for which of the parties."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from mediation.conversations.models import Message, Thread
from mediation.disputes.models import CaseEntry, Dispute, Promise
from mediation.disputes.rules.states import State
from mediation.events.models import Event
from mediation.sla.rules.metrics import AGENT_WROTE, COOLING_OFF, HOLD, PARTY_WROTE, REQUEST, is_agent_message

MESSAGE = "message.sent"
CLOSED = "closed"
JOINT = Thread.Audience.JOINT.value


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a case. `people` are the parties it concerns; `state` is the case's after it."""

    dispute: Dispute
    state: State
    names: frozenset[str]
    people: frozenset[UUID]
    at: datetime
    event_id: int
    promise: Promise | None = None  # the one that was made or kept


@dataclass(frozen=True, slots=True)
class Pause:
    """Why a clock does not count, and until when if that is known."""

    reason: str
    until: datetime | None = None


def of_event(event: Event) -> Happening | None:
    """None for what no clock hears: notes, and messages in rooms without a case."""
    if event.type == MESSAGE:
        return _message(event)
    dispute = _cases().get(pk=event.data["dispute"])
    state = State(event.data["state"])
    names = {event.type, CLOSED} if state is State.CLOSED else {event.type}
    promise = dispute.promises.get(pk=event.data["promise"]) if "promise" in event.data else None
    return Happening(dispute, state, frozenset(names), _parties(dispute), event.at, event.pk, promise)


def pauses(dispute: Dispute, person_id: UUID | None, at: datetime) -> Iterator[Pause]:
    """What keeps a clock of this party from counting at a moment."""
    overlays = dispute.overlays.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), begins_at__lte=at)
    if overlays.filter(kind=HOLD).exists():
        yield Pause(HOLD)
    cooling = overlays.filter(kind=COOLING_OFF, ends_at__gt=at).order_by("-ends_at").first()
    if cooling:
        yield Pause(COOLING_OFF, cooling.ends_at)
    if person_id and is_asked(dispute, person_id, at):
        yield Pause(REQUEST)


def is_asked(dispute: Dispute, person_id: UUID, at: datetime) -> bool:
    """Whether something is asked of them that they have neither answered nor written about since."""
    asked = dispute.requests.filter(
        Q(answered_at__isnull=True) | Q(answered_at__gt=at),
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
        asked_of=person_id,
        asked_at__lte=at,
    )
    newest = asked.order_by("-asked_at").values_list("asked_at", flat=True).first()
    if newest is None:
        return False
    wrote = Message.objects.filter(thread__room=dispute.room_id, author=person_id, kind=Message.Kind.TEXT.value)
    return not wrote.filter(created_at__gt=newest, created_at__lte=at).exists()


def asked_at(dispute: Dispute, at: datetime) -> frozenset[UUID]:
    """Of whom something was asked, or no longer is, at exactly this moment."""
    found = dispute.requests.filter(Q(asked_at=at) | Q(answered_at=at) | Q(withdrawn_at=at))
    return frozenset(found.values_list("asked_of", flat=True))


def _message(event: Event) -> Happening | None:
    thread = Thread.objects.get(pk=event.topic_id)
    case = _case_then(event)
    author = User.objects.filter(pk=event.actor_id).first() if event.actor_id else None
    if case is None or author is None:
        return None
    dispute, state = case
    if author.pk in _parties(dispute):
        return Happening(dispute, state, frozenset({PARTY_WROTE}), frozenset({author.pk}), event.at, event.pk)
    if not is_agent_message(is_staff=author.is_upwork_staff, audience=thread.audience):
        return None
    people = _readers(dispute, thread.audience)
    return Happening(dispute, state, frozenset({AGENT_WROTE}), people, event.at, event.pk)


def _case_then(event: Event) -> tuple[Dispute, State] | None:
    """The room's case and its state when something was written: events are handed over later than they happen."""
    for dispute in _cases().filter(room=event.stream_id).exclude(state=State.DRAFT.value).order_by("-created_at"):
        said = CaseEntry.objects.filter(dispute=dispute, audience=JOINT, at__lte=event.at).order_by("-number").first()
        if said is not None:
            return dispute, State(said.content["state"])
    return None


def _cases() -> QuerySet[Dispute]:
    return Dispute.objects.select_related("policy")


def _parties(dispute: Dispute) -> frozenset[UUID]:
    return frozenset({dispute.filer_id, dispute.respondent_id})


def _readers(dispute: Dispute, audience: str) -> frozenset[UUID]:
    if audience == JOINT:
        return _parties(dispute)
    is_client = audience == Thread.Audience.CAUCUS_CLIENT.value
    return frozenset({dispute.filer_id if is_client == dispute.filer_is_client else dispute.respondent_id})
