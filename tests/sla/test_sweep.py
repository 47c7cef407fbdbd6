"""Steps: by index, in due order, once; told to those whom the policy names."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from mediation.conversations.models import Message
from mediation.core import clock as now_of
from mediation.events.models import Event
from mediation.sla.actions import mails, telling
from mediation.sla.actions.sweep import sweep
from mediation.sla.models import Clock, ClockFact, StepMail, StepTaken
from mediation.sla.tasks import hand_over_mails
from mediation.sla.tasks import sweep as knock
from tests.sla.conftest import MONDAY, World


def steps() -> list[tuple[str, int]]:
    return list(StepTaken.objects.order_by("pk").values_list("clock__metric", "percent"))


def test_each_step_is_taken_once_and_a_breach_is_dated_when_it_was_due(world: World) -> None:
    world.ask()
    world.at(hours=1)
    assert sweep() == 0, "at exactly half of the time it is not over"
    world.at(hours=2, seconds=1)
    assert sweep() > 0
    assert [one for one in steps() if one[0] == "CLAIM"] == [("CLAIM", 50), ("CLAIM", 80), ("CLAIM", 100)]
    late = world.clock("CLAIM")
    assert (late.breached_at, late.status) == (MONDAY + timedelta(hours=2), "running")
    assert late.facts.get(kind="breach").at == MONDAY + timedelta(hours=2)
    assert sweep() == 0
    world.at(hours=2.5).do(world.cast.mediator, "claim")
    assert world.clock("CLAIM").status == "missed"


def test_a_days_downtime_is_caught_up_in_due_order(world: World) -> None:
    world.ask()
    world.at(days=1)
    sweep()
    taken = list(StepTaken.objects.order_by("pk").values_list("due_at", flat=True))
    assert taken == sorted(taken)
    assert {metric for metric, _ in steps()} == {"CLAIM", "TTFR", "TTFC"}
    assert world.clock("TTFR").breached_at == MONDAY + timedelta(hours=4)


def test_what_was_done_in_time_is_not_told_as_late(world: World) -> None:
    world.ask()
    world.hear()
    world.traveller.move_to(MONDAY + timedelta(hours=1, minutes=59), tick=False)
    world.do(world.cast.mediator, "claim")  # nobody has handed this over yet
    world.traveller.move_to(MONDAY + timedelta(hours=3), tick=False)
    assert sweep() == 0
    assert world.clock("CLAIM").status == "met"


def test_an_answer_after_a_breach_that_nobody_had_found(world: World) -> None:
    world.ask()
    world.at(hours=3).do(world.cast.mediator, "claim")
    late = world.clock("CLAIM")
    assert (late.status, late.breached_at) == ("missed", MONDAY + timedelta(hours=2))
    assert late.facts.filter(kind="breach").count() == late.steps.filter(percent=100).count() == 1


def test_the_lead_is_told_of_a_breach(world: World) -> None:
    world.ask()
    world.at(hours=2, minutes=1)
    knock()
    lines = Message.objects.filter(thread__room=world.cast.room, code__startswith="clock.").order_by("seq")
    assert [(line.code, line.params["metric"], line.thread.audience) for line in lines] == [
        ("clock.warned", "CLAIM", "internal"),
        ("clock.breached", "CLAIM", "internal"),
    ]
    told = {one.to.name for one in StepMail.objects.filter(step__percent=100)}
    assert world.cast.supervisor.name in told
    assert told.isdisjoint({world.cast.client.name, world.cast.freelancer.name, world.cast.outsider.name})
    assert telling.tell() == 0
    count = StepMail.objects.count()
    mail.outbox.clear()
    assert hand_over_mails() == count == len(mail.outbox)
    assert hand_over_mails() == 0
    said = next(one for one in mail.outbox if one.to == [world.cast.supervisor.email])
    assert said.subject == "Overdue: A mediator takes the case, “Website redesign”"
    assert "The room: " in said.body


def test_a_mail_names_whose_clock_it_is_and_when_it_is_due_where_it_is(world: World) -> None:
    """A clock that stands still since has no moment any more, and the mail none to name."""
    world.ask()
    world.at(hours=1).do(world.cast.mediator, "claim")
    for person in (world.cast.mediator, world.cast.freelancer):
        world.cast.say(person, "Hello?")
    timed = world.clock("NRT", world.cast.freelancer)
    step = StepTaken.objects.create(clock=timed, percent=50, due_at=now_of.now(), taken_at=now_of.now())
    to = world.cast.supervisor
    to.time_zone = "Europe/Amsterdam"
    letter = mails.letter(StepMail(step=step, to=to, try_at=now_of.now()))
    assert "For: Mateo Giraldo" in letter.body
    assert "(Europe/Amsterdam)" in letter.body
    timed.due_at = None
    assert "Until when" not in mails.letter(StepMail(step=step, to=to, try_at=now_of.now())).body


def test_a_step_that_cannot_be_told_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world.ask()
    world.at(hours=2, minutes=1)
    sweep()
    first = StepTaken.objects.order_by("due_at", "pk").first()
    tell, others = telling._tell, StepTaken.objects.count() - 1

    def broken(step_id: int) -> bool:
        if first is not None and step_id == first.pk:
            raise ValueError("no room")
        return tell(step_id)

    monkeypatch.setattr(telling, "_tell", broken)
    assert telling.tell() == others > 0
    assert "A step could not be told" in caplog.text
    monkeypatch.undo()
    assert telling.tell() == 1, "it is told as soon as it can be"


def test_a_mail_that_is_not_taken_is_tried_again(world: World, settings: object) -> None:
    world.ask()
    world.at(hours=2, minutes=1)
    knock()
    StepMail.objects.exclude(to=world.cast.supervisor).delete()
    settings.EMAIL_BACKEND = "tests.sla.nowhere.Backend"
    assert mails.hand_over() == 0
    assert mails.hand_over() == 0
    assert set(StepMail.objects.values_list("attempts", flat=True)) == {1}


def test_two_who_hand_over_at_once_send_each_mail_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the first mail is being sent another worker comes and sends the rest."""
    world.ask()
    world.at(hours=2, minutes=1)
    knock()
    sent: list[int] = []

    class Letter:
        def __init__(self, mail: StepMail) -> None:
            self.mail = mail

        def send(self) -> int:
            sent.append(self.mail.pk)
            mails.hand_over()
            return 1

    monkeypatch.setattr(mails, "letter", Letter)
    waiting = set(StepMail.objects.values_list("pk", flat=True))
    assert len(waiting) > 1
    assert mails.hand_over() == 1, "the others were somebody else's by then"
    assert (len(sent), set(sent)) == (len(waiting), waiting)
    assert not StepMail.objects.filter(handed_over_at__isnull=True).exists()


def test_a_step_of_what_was_answered_since_is_not_told(world: World) -> None:
    world.ask()
    world.at(hours=1, minutes=1)
    sweep()
    world.do(world.cast.mediator, "claim")
    world.hear()
    telling.tell()
    assert not Event.objects.filter(type="clock.warned").exists()
    assert not StepTaken.objects.filter(told_at__isnull=True).exists()


def test_what_comes_to_light_after_days_is_counted_but_not_told(world: World) -> None:
    world.ask()
    world.at(days=6)
    knock()
    assert world.clock("CLAIM").breached_at == MONDAY + timedelta(hours=2)
    assert not Event.objects.filter(type__startswith="clock.", data__metric="CLAIM").exists()


def test_one_clock_that_cannot_be_read_does_not_hold_up_the_others(world: World) -> None:
    world.ask()
    world.clock("CLAIM").facts.all().delete()
    world.at(hours=5)
    sweep()
    assert {metric for metric, _ in steps()} >= {"TTFR", "TTFC"}
    assert world.clock("CLAIM").next_at == now_of.now() + timedelta(hours=1)


def test_rows_are_copies_of_their_facts(world: World, capsys: pytest.CaptureFixture) -> None:
    world.ask()
    world.at(hours=3)
    sweep()
    call_command("rebuild_clocks", check=True)
    Clock.objects.filter(metric="CLAIM").update(due_at=MONDAY, status="met")
    with pytest.raises(CommandError, match="1 of 5 clocks differ"):
        call_command("rebuild_clocks", check=True)
    assert world.clock("CLAIM").due_at == MONDAY
    call_command("rebuild_clocks")
    call_command("rebuild_clocks", check=True)
    assert world.clock("CLAIM").due_at == MONDAY + timedelta(hours=2)
    assert ClockFact.objects.filter(clock__metric="CLAIM", kind="breach").count() == 1
    assert "CLAIM differs from its facts" in capsys.readouterr().out
