"""Mails that rules ask for: each once, in the name of its rule, and again if it was not taken."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from mediation.desk.actions import rule_mails
from mediation.desk.tasks import hand_over_mails
from tests.cast import Cast
from tests.desk.rules import trigger
from tests.desk.test_triggers import FILED
from tests.sla.conftest import World

pytestmark = pytest.mark.django_db


def test_mails_are_handed_over_once_and_name_the_rule(world: World, cast: Cast, settings: object) -> None:
    trigger("Large sums", FILED, do=(("notify", "supervisors"),))
    world.ask()
    world.hear()
    assert hand_over_mails() == 1
    assert hand_over_mails() == 0
    (letter,) = mail.outbox
    assert letter.to == [cast.supervisor.email]
    assert letter.subject == "Please look: “Website redesign” (Large sums)"


def test_a_mail_that_is_not_taken_is_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    trigger("Large sums", FILED, do=(("notify", "supervisors"),))
    world.ask()
    world.hear()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda self: 1 / 0)
    assert rule_mails.hand_over() == 0
    monkeypatch.undo()
    assert rule_mails.hand_over() == 0
    world.traveller.shift(timedelta(minutes=5))
    assert rule_mails.hand_over() == 1


def test_two_who_hand_over_at_once_send_each_mail_once(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for position, name in enumerate(("Large sums", "Late ones")):
        trigger(name, FILED, do=(("notify", "supervisors"),), position=position)
    world.ask()
    world.hear()
    sent: list[str] = []

    def send(letter: EmailMessage) -> int:
        sent.append(letter.subject)
        rule_mails.hand_over()
        return 1

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    assert rule_mails.hand_over() == 1
    assert [subject.rpartition("(")[2] for subject in sent] == ["Large sums)", "Late ones)"]
