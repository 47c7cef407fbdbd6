"""Policies: drafts and what follows from publishing one; running clocks keep what they have counted."""

from datetime import timedelta

import pytest

from mediation.sla.actions import policies
from mediation.sla.actions.defaults import newest_terms
from mediation.sla.models import Clock, Policy, PolicyLine, PolicyStep
from mediation.sla.queries.policies import newest, values
from mediation.sla.queries.readings import adjusted
from mediation.sla.queries.simulation import simulate
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.policies import Subject
from mediation.sla.tasks import sweep
from tests.cast import Cast
from tests.sla.conftest import MONDAY, World


def shorter(cast: Cast, minutes: int) -> Policy:
    """A draft in which a mediator is to be there sooner."""
    draft = policies.begin_draft(user=cast.admin)
    draft.lines.filter(metric="CLAIM").update(target_minutes=minutes)
    return draft


def test_the_targets_of_the_domain_are_there_at_the_first_use(cast: Cast) -> None:
    terms = newest_terms()
    assert newest_terms() == terms

    def minutes(metric: str, **subject: str) -> float:
        line = terms.line(Metric(metric), Subject(**subject))
        assert line is not None
        return line.target / timedelta(minutes=1)

    assert [minutes("TTFR", priority=one) for one in ("urgent", "high", "normal", "low")] == [15, 60, 240, 480]
    assert [minutes("EE"), minutes("EE", segment="VSB"), minutes("EE", segment="ENT")] == [15, 120, 15]
    assert minutes("TRES") == 30 * 24 * 60
    assert values("urgent, high,") == {"urgent", "high"}


def test_a_draft_in_a_house_that_counted_nothing_yet_is_a_copy_and_nothing_is_counted_by_it(world: World) -> None:
    Policy.objects.all().delete()
    draft = policies.begin_draft(user=world.cast.admin)
    first = newest()
    assert first is not None
    assert (first.version, draft.version) == (1, 2)
    assert draft.lines.count() == first.lines.count() > 0
    draft.lines.all().delete()
    assert newest_terms().lines
    world.ask()
    assert world.clock("CLAIM").policy == first


def test_running_clocks_follow_and_keep_what_they_counted(world: World) -> None:
    world.ask()
    world.at(hours=1)
    policies.publish(policy=shorter(world.cast, 90))
    sweep()
    assert world.clock("CLAIM").due_at == MONDAY + timedelta(minutes=90)
    assert world.clock("CLAIM").policy == newest()
    assert policies.apply_newest() == 0


def test_what_is_shortened_is_never_due_in_the_past(world: World) -> None:
    world.ask()
    world.at(hours=1)
    policies.publish(policy=shorter(world.cast, 5))
    sweep()
    assert world.clock("CLAIM").due_at == MONDAY + timedelta(hours=1)


def test_a_target_that_is_no_longer_there_stays_for_clocks_that_run(world: World) -> None:
    world.ask()
    world.hear()
    draft = policies.begin_draft(user=world.cast.admin)
    draft.lines.filter(metric="CLAIM").delete()
    policies.publish(policy=draft)
    sweep()
    assert world.clock("CLAIM").due_at == MONDAY + timedelta(hours=2)
    assert world.clock("CLAIM").policy == draft


def test_what_is_published_never_changes(cast: Cast) -> None:
    newest_terms()
    published = policies.publish(policy=policies.begin_draft(user=cast.admin))
    for act in (policies.publish, policies.discard):
        with pytest.raises(policies.PolicyPublished):
            act(policy=published)
    empty = policies.begin_draft(user=cast.admin)
    assert empty.lines.count() == published.lines.count()
    assert empty.steps.count() == published.steps.count() > 0
    empty.lines.all().delete()
    with pytest.raises(policies.NothingMeasured):
        policies.publish(policy=empty)
    policies.discard(policy=empty)
    assert not PolicyLine.objects.filter(policy=empty.pk).exists()


def test_a_draft_is_tried_on_the_clocks_there_were(world: World) -> None:
    world.ask()
    world.at(hours=1).do(world.cast.mediator, "claim")
    world.hear()
    figures = simulate(shorter(world.cast, 30)).metrics["CLAIM"]
    assert (figures.looked_at, figures.missed, figures.would_miss) == (1, 0, 1)
    assert simulate(newest()).metrics["CLAIM"].would_miss == 0


def test_a_metric_may_have_steps_of_its_own(cast: Cast) -> None:
    terms = newest_terms()
    assert [one.value for one in terms.actions("CLAIM", 50)] == ["ping_group"]
    assert terms.actions("TTFR", 50) == ()
    PolicyStep.objects.filter(metric="CLAIM").delete()


def test_a_pause_over_an_unanswered_message_is_added_back(world: World) -> None:
    cast = world.cast
    world.ask()
    world.do(cast.mediator, "claim")
    cast.say(cast.mediator, "Hello.")
    world.at(hours=1).cast.say(cast.client, "When?")
    world.at(hours=2).do(
        cast.mediator, "make_request", asked_of=cast.client.pk, kind="document", text="The contract?",
        due_at=MONDAY + timedelta(days=1),
    )  # fmt: skip
    world.at(hours=4).cast.say(cast.mediator, "Soon.")
    ended = Clock.objects.filter(metric="PUT", person=cast.client, ended_at__isnull=True).get()
    first = Clock.objects.filter(metric="PUT", person=cast.client).order_by("activated_at").first()
    world.hear()
    first.refresh_from_db()
    assert adjusted(first, MONDAY + timedelta(hours=5)) == (timedelta(hours=2), timedelta(hours=2))
    assert ended.metric == "PUT"


def test_a_line_may_ask_for_the_level_and_is_found_anew_as_the_case_goes_up(world: World) -> None:
    world.ask()
    world.do(world.cast.mediator, "claim")
    world.hear()
    draft = policies.begin_draft(user=world.cast.admin)
    first = draft.lines.order_by("position").first()
    draft.lines.create(metric="TRES", level="4, 5", target_minutes=60 * 24, position=first.position - 1)
    policies.publish(policy=draft)
    sweep()
    assert world.clock("TRES").due_at == MONDAY + timedelta(days=30)
    world.at(hours=1).do(world.cast.mediator, "level_up", level=4, reason="Above my limit.")
    world.do(world.cast.senior, "take_level")
    assert world.clock("TRES").due_at == MONDAY + timedelta(days=1)
