"""R-12 for clocks: what the page makes of a step that was told is what a fresh load shows, and only for staff."""

from mediation.conversations.queries.history import page_before
from mediation.events.catalogue import declared
from mediation.events.models import Event
from mediation.sla.tasks import sweep
from tests.disputes.test_replay import Watched, needs_node
from tests.sla.conftest import World

OURS = {"clock.warned", "clock.breached", "clock.overdue"}


def late(world: World) -> None:
    """Ana has taken the case and answers nobody, for a day."""
    world.at(days=1)
    sweep()


@needs_node
def test_the_page_follows_every_step(world: World) -> None:
    world.ask()
    world.do(world.cast.mediator, "claim")
    world.hear()
    watched = Watched(world.cast.room, world.cast.client, world.cast.freelancer, world.cast.mediator)
    late(world)
    watched.compare()


def test_every_kind_of_step_is_told_among_staff_alone(world: World) -> None:
    world.ask()
    world.do(world.cast.mediator, "claim")
    late(world)
    assert set(Event.objects.filter(type__startswith="clock.").values_list("type", flat=True)) == OURS
    assert {name for name in declared() if name.startswith("clock.")} == OURS
    notes = world.cast.thread("internal")
    told = page_before(user=world.cast.mediator, thread_id=notes.pk, limit=50).messages
    assert {line["code"] for line in told} >= OURS
    assert set(Event.objects.filter(type__startswith="clock.").values_list("topic_id", flat=True)) == {notes.pk}
