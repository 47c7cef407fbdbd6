"""What the agents of the demo can take, and what is on their desks: words in the team room, a case laid aside."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from mediation.core import clock
from mediation.desk import audience
from mediation.desk.actions import snoozes, team_room, views
from mediation.desk.models import AgentProfile, CaseWeight, TeamLine
from mediation.desk.rules.announcements import Announcement
from mediation.desk.rules.snoozes import Until, moment
from mediation.desk.rules.views import Queue, View


@transaction.atomic
def seed_seats(people: dict[str, User]) -> None:
    """A profile for each agent and a few weights; what is there stays as it is."""
    began = clock.now().date() - timedelta(days=10)
    profiles = {
        "ana": {"languages": ["en", "es"], "capacity": 120},
        "priya": {"languages": ["en"], "value_limit_minor": 500_000, "begins_on": began, "ramp_days": 30},
        "sam": {"languages": ["en", "nl"], "capacity": 80},
        "eva": {"tracks": ["A", "none"], "is_away": True},
    }
    for key, said in profiles.items():
        AgentProfile.objects.get_or_create(user=people[key], defaults=said)
    for track, phase, weight in (("none", "", 5), ("C", "", 8), ("A", "drafting", 6)):
        CaseWeight.objects.get_or_create(track=track, phase=phase, defaults={"weight": weight})
    if not TeamLine.objects.filter(code=Announcement.SAID.value).exists():
        _seed_desk(people)


def _seed_desk(people: dict[str, User]) -> None:
    """A talk in the team's room, a view that the team keeps, one of Priya's cases laid aside."""
    team = people["sue"].teams.get()
    for key, text in (
        ("sue", "@Ana Duarte, could you look at the Dutch requests today? Sam is full."),
        ("ana", "Yes, after lunch. @Priya Nair, tell me if one comes in before."),
    ):
        team_room.say(user=people[key], team_id=team.pk, body=text, client_id=uuid4())
    views.save_view(user=people["sue"], name="Dutch", view=View(queue=Queue.OPEN, language="nl"), team_id=team.pk)
    row = audience.visible_rows(people["priya"]).filter(mediator=people["priya"]).order_by("-order_at").first()
    if row is not None:
        tomorrow = moment(Until.TOMORROW, clock.now(), people["priya"].time_zone)
        snoozes.snooze(user=people["priya"], dispute_id=row.pk, until=tomorrow, on_word=True)
