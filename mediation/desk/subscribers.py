"""The desk hears everything that happens to a case. Clocks tell it of themselves, in their own transaction."""

from uuid import UUID

from mediation.desk.actions import rows, snoozes, team_room, triggers, webhooks
from mediation.desk.actions.announcing import announce, announce_referral
from mediation.desk.event_types import ACTED, BY_HAND, PRIORITISED
from mediation.desk.queries import handling, routing
from mediation.desk.queries.webhook_bodies import TOLD
from mediation.desk.rules.announcements import ANNOUNCED, REFERRALS
from mediation.disputes import workload
from mediation.disputes.models import Dispute
from mediation.events.catalogue import declared
from mediation.events.models import Event
from mediation.events.subscribers import subscriber
from mediation.sla import priorities
from mediation.sla.actions.policies import follow_case
from mediation.sla.keepers import keepers

_CASE = tuple(name for name in declared() if name.startswith("dispute."))
_CLOCKS = tuple(name for name in declared() if name.startswith("clock."))

keepers.add(rows.refresh)
priorities.sources.add(handling.priorities)
workload.measures.add(routing.is_full)


@subscriber("desk_rows", *_CASE)
def keep_row(event: Event) -> None:
    """Bring the case's row up to date."""
    rows.refresh([UUID(event.data["dispute"])])


@subscriber("desk_snoozes", "message.sent", *_CASE)
def wake_for_word(event: Event) -> None:
    """A party wrote or acted: a case that was laid aside until then comes back."""
    if event.actor_id is not None:
        snoozes.wake_for_word(room_id=event.stream_id, person_id=event.actor_id, at=event.at)


@subscriber("desk_mentions", "message.sent")
def tell_named(event: Event) -> None:
    """Whoever a note of staff names is told."""
    if event.target_seq is not None:
        team_room.tell_named(thread_id=event.topic_id, seq=event.target_seq)


@subscriber("team_rooms", *ANNOUNCED)
def tell_teams(event: Event) -> None:
    """Say in the team's room who took or gave what."""
    announce(event=event)


@subscriber("team_rooms_of_referrals", *REFERRALS)
def tell_of_referrals(event: Event) -> None:
    """Say in the executive desk's rooms who takes a referred case, and which one waits too long."""
    announce_referral(event=event)


@subscriber("triggers", "message.sent", *_CASE, *_CLOCKS, ACTED, *BY_HAND)
def let_triggers_hear(event: Event) -> None:
    """Do what triggers say, and keep what automations look for."""
    triggers.hear(event=event)


@subscriber("clock_targets", PRIORITISED, ACTED)
def let_clocks_follow(event: Event) -> None:
    """Also a clock that began in the moment in which the priority was changed, and was not seen by who changed it."""
    if event.data["before"].get("priority") != event.data["after"].get("priority"):
        follow_case(dispute=Dispute.objects.select_related("policy").get(pk=UUID(event.data["dispute"])))


@subscriber("webhooks", *TOLD)
def tell_webhooks(event: Event) -> None:
    """Write what webhooks are told."""
    webhooks.tell_of_event(event=event)
