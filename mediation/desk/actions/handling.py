"""Keeping what the desk knows of a case up with what happens to it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max, Min

from mediation.conversations.models import Message, Thread
from mediation.core import clock
from mediation.desk.models import Handling
from mediation.desk.queries.rows import on_desk
from mediation.desk.queries.rule_facts import CaseFacts
from mediation.desk.queries.scenes import MESSAGE, Scene
from mediation.disputes.models import Deadline, Dispute
from mediation.disputes.rules.states import State

JOINT = Thread.Audience.JOINT.value
PEOPLE = ("dispute__mediator", "dispute__filer", "dispute__respondent", "dispute__policy")
OWNERS = frozenset(
    {
        "dispute.claim", "dispute.assign", "dispute.reassign", "dispute.release", "dispute.replace_mediator",
        "dispute.take_level",
    }
)  # fmt: skip


def locked(dispute: Dispute, at: datetime) -> Handling:
    """The desk's part of the case with its row locked; it begins here if it is new. Inside a transaction."""
    mine = Handling.objects.select_for_update(no_key=True, of=("self",)).filter(pk=dispute.pk)
    found = mine.select_related(*PEOPLE).first()
    if found is None:
        begin(dispute, at)
        found = mine.select_related(*PEOPLE).get()
    return found


def case_of(scene: Scene) -> Dispute | None:
    """The case that an event is about; None before a case came to the desk."""
    if "dispute" in scene.event.data:
        return on_desk().filter(pk=UUID(scene.event.data["dispute"])).first()
    return on_desk().filter(room=scene.event.stream_id, created_at__lte=scene.event.at).order_by("-created_at").first()


def note(handling: Handling, scene: Scene, facts: CaseFacts) -> None:
    """The moments that this event moves, and what it left the case as. One that is older than the newest moves no
    facts.
    """
    event, case = scene.event, handling.dispute
    is_newest = event.pk > handling.last_event
    handling.updated_at = max(handling.updated_at, event.at)
    if is_newest and scene.state and handling.known.get("state", facts["state"]) != facts["state"]:
        handling.state_at = event.at
    if is_newest and event.type in OWNERS:
        handling.assigned_at = event.at if case.mediator_id else None
    if event.type == MESSAGE and scene.audience == JOINT and scene.actor is not None:
        is_party = scene.actor.pk in (case.filer_id, case.respondent_id)
        name = "party_wrote_at" if is_party else "mediator_wrote_at"
        setattr(handling, name, max(getattr(handling, name) or event.at, event.at))
    if scene.state:
        _follow(handling)
    if is_newest:
        kept = {key: value for key, value in handling.known.items() if key in scene.handled}
        handling.known, handling.last_event = facts.tracked() | kept, event.pk
    handling.save()


def know(facts: CaseFacts) -> None:
    """The desk's own part was changed just now, and an event says so: what the case is known as follows at once, so
    that an older event which waits to be heard does not seem to have changed it. The handling is locked.
    """
    facts.forget()
    facts.handling.known |= facts.handled()
    facts.handling.save(update_fields=["known"])


def begin(dispute: Dispute, at: datetime) -> None:
    """A case comes to the desk, or is found there by a version that keeps more of it. Whoever was first."""
    written = _written(dispute)
    handling = Handling(
        dispute=dispute,
        opened_at=dispute.filed_at or dispute.created_at,
        state_at=at,
        updated_at=at,
        assigned_at=at if dispute.mediator_id else None,
        party_wrote_at=written[True],
        mediator_wrote_at=written[False],
    )
    _follow(handling)
    Handling.objects.bulk_create([handling], ignore_conflicts=True)


def begin_missing() -> int:
    """Those of the cases that were there before the desk kept anything of them; returns how many."""
    new = on_desk().exclude(pk__in=Handling.objects.values("pk"))
    count = 0
    for dispute in new.iterator(chunk_size=500):
        begin(dispute, clock.now())
        count += 1
    return count


def _follow(handling: Handling) -> None:
    """What is copied from the case."""
    case = handling.dispute
    handling.is_open = case.state != State.CLOSED.value
    handling.filed_at = case.filed_at
    running = Deadline.objects.filter(dispute=case, ended_at__isnull=True)
    handling.deadline_at = running.aggregate(first=Min("due_at"))["first"]


def _written(dispute: Dispute) -> dict[bool, datetime | None]:
    """When a party (True) and when staff wrote last in front of both."""
    parties = [dispute.filer_id, dispute.respondent_id]
    said = Message.objects.filter(thread__room=dispute.room_id, thread__audience=JOINT, author__isnull=False)
    said = said.filter(kind=Message.Kind.TEXT.value)
    newest = Max("created_at")
    return {
        True: said.filter(author__in=parties).aggregate(newest=newest)["newest"],
        False: said.exclude(author__in=parties).aggregate(newest=newest)["newest"],
    }
