"""A room's open case as far as the room's own doors depend on it: the answer that `conversations` asks for."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery, UUIDField

from mediation.conversations.models import Thread
from mediation.conversations.rules.case import Act, CaseOfRoom
from mediation.core import clock
from mediation.disputes.models import Caucus, Dispute, Overlay
from mediation.disputes.queries import talks
from mediation.disputes.queries.facts import OPEN_STATES
from mediation.disputes.rules import table
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import State, Track


def cases_of_rooms(rooms: Collection[UUID]) -> dict[UUID, CaseOfRoom]:
    """By room; a room without an open case is not in it. Whatever is in it follows from what both sides know."""
    talks_in_private = Caucus.objects.filter(dispute=OuterRef("pk"), began_at__isnull=False, ended_at__isnull=True)
    holds = Overlay.objects.filter(dispute=OuterRef("pk"), kind="hold", ended_at__isnull=True)
    found = Dispute.objects.filter(room__in=rooms, state__in=OPEN_STATES).annotate(
        talks_with=Subquery(talks_in_private.values("party")[:1], output_field=UUIDField()), is_held=Exists(holds)
    )
    return {
        dispute.room_id: CaseOfRoom(
            id=dispute.pk,
            mediator=dispute.mediator_id,
            is_mediated=dispute.state == State.MEDIATING.value and not dispute.is_held,
            talks_in=_private_with(dispute, dispute.talks_with) if dispute.talks_with else None,
            allows=frozenset() if dispute.is_held else _allowed(dispute),
        )
        for dispute in found
    }


def _private_with(dispute: Dispute, party_id: UUID) -> str:
    is_client = (party_id == dispute.filer_id) == dispute.filer_is_client
    return (Thread.Audience.CAUCUS_CLIENT if is_client else Thread.Audience.CAUCUS_FREELANCER).value


def _allowed(dispute: Dispute) -> frozenset[Act]:
    """What `actions.asking` would not be refused by the table. A mediator who is gone makes room for the next."""
    state, track = State(dispute.state), Track(dispute.track)
    commands = {
        Act.ASK: "ask_mediator",
        Act.CANCEL_ASK: "cancel_ask",
        Act.JOIN: "replace_mediator" if state is State.MEDIATING else "claim",
        Act.LEAVE: "release" if dispute.has_claim else "close_helped",
    }
    return frozenset(
        act
        for act, command in commands.items()
        if table.find(command, state, track, has_claim=dispute.has_claim)
        and (act is not Act.CANCEL_ASK or not dispute.has_claim or _can_talk_on(dispute))
    )


def _can_talk_on(dispute: Dispute) -> bool:
    """Of a claim that waits for a mediator: the call can be taken back while time for talks is left."""
    terms = Terms.of(dispute.policy.terms)
    return bool(talks.left(dispute, clock.now(), terms))
