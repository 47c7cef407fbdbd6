"""Telling teams who took which case. Through whatever door that was: the event says it."""

from uuid import UUID

from django.db import transaction

from accounts.models import Team
from accounts.rules import Role
from mediation.desk.models import TeamLine
from mediation.desk.rules.announcements import ANNOUNCED, REFERRALS, Announcement
from mediation.disputes.models import Dispute
from mediation.events.models import Event


@transaction.atomic
def announce(*, event: Event) -> None:
    """A line in the room of each team that it concerns: of who acted and of who has the case now. Heard twice, once.

    Where nobody acted and nobody has it, every team hears that it waits.
    """
    code = ANNOUNCED[event.type]
    dispute = Dispute.objects.get(pk=UUID(event.data["dispute"]))
    person_id = dispute.mediator_id if code is Announcement.REASSIGNED else None
    people = [one for one in (event.actor_id, person_id) if one is not None]
    teams = Team.objects.filter(members__in=people).distinct() if people else Team.objects.all()
    lines = [
        TeamLine(
            team=team,
            code=code.value,
            dispute=dispute,
            actor_id=event.actor_id,
            person_id=person_id,
            event_id=event.pk,
            at=event.at,
        )
        for team in teams.order_by("pk")
    ]
    TeamLine.objects.bulk_create(lines, ignore_conflicts=True)


@transaction.atomic
def announce_referral(*, event: Event) -> None:
    """A line in the room of each team that somebody of the executive desk is in. Heard twice, once. What somebody has
    waits for nobody else.
    """
    if REFERRALS[event.type] is Announcement.EE_WAITS and event.data["owner"]:
        return
    teams = Team.objects.filter(members__role=Role.EE.value, members__is_active=True).distinct().order_by("pk")
    said = {
        "code": REFERRALS[event.type].value,
        "referral": UUID(event.data["case"]),
        "actor_id": event.actor_id,
        "person_id": UUID(event.data["owner"]) if event.data["owner"] else None,
        "event_id": event.pk,
        "at": event.at,
    }
    TeamLine.objects.bulk_create([TeamLine(team=team, **said) for team in teams], ignore_conflicts=True)
