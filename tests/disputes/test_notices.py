"""Notices are really handed over, once, in the language of whom they are to; silence counts only after that."""

from typing import Any

import pytest
from django.core import mail

from accounts.models import User
from mediation.core import clock, outbox
from mediation.core.errors import Refused
from mediation.disputes import tasks
from mediation.disputes.actions import firing, notices
from mediation.disputes.models import Dispute, Notice
from mediation.events.dispatch import dispatch
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import ANSWER, later, recommend

BACKEND = "django.core.mail.backends.base.BaseEmailBackend"


def test_a_claim_is_told_by_mail_and_in_the_room(cast: Cast, draft: Dispute, say: Say) -> None:
    User.objects.filter(pk=cast.freelancer.pk).update(time_zone="America/Bogota")
    say(cast.client, "file")
    assert tasks.hand_over_notices() == 2
    [letter] = mail.outbox
    assert letter.to == [cast.freelancer.email]
    assert "Website redesign" in letter.subject
    assert f"/rooms/{cast.room.pk}/" in letter.body
    assert "America/Bogota" in letter.body
    assert "Helen Marsh" in letter.body
    assert "fails on phones" not in letter.body
    assert "2,200" not in letter.body
    assert "2.200" not in letter.body
    assert set(Notice.objects.filter(handed_over_at__isnull=False).values_list("channel", flat=True)) == {
        "email",
        "in_app",
    }


def test_it_is_written_in_the_language_of_its_reader(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    tasks.hand_over_notices()
    [letter] = mail.outbox
    assert letter.body.startswith("Hola"), "Mateo reads Spanish, whoever caused the mail"


def test_said_again_nothing_goes_out_twice(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    for _ in range(3):
        tasks.hand_over_notices()
    assert len(mail.outbox) == 1


def test_a_notice_in_one_workers_hands_is_left_alone_by_the_others(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    for notice in Notice.objects.all():
        Notice.objects.filter(pk=notice.pk).update(try_at=clock.now() + outbox.LEASE)
        assert not notices.OUTBOX.hand_over_one(notice.pk)
    assert mail.outbox == []
    with later(minutes=3):  # that worker died
        assert tasks.hand_over_notices() == 2
    assert len(mail.outbox) == 1


def test_a_second_copy_carries_the_same_id(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    tasks.hand_over_notices()
    Notice.objects.update(handed_over_at=None, try_at=None)
    tasks.hand_over_notices()
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]


def test_a_mail_server_that_is_away_is_asked_again_later(
    cast: Cast, draft: Dispute, say: Say, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    say(cast.client, "file")
    settings.EMAIL_BACKEND = BACKEND  # it raises
    assert tasks.hand_over_notices() == 1, "the room takes its own all the same"
    assert tasks.hand_over_notices() == 0
    by_mail = Notice.objects.get(channel="email")
    assert (by_mail.attempts, by_mail.handed_over_at) == (1, None)
    assert cast.freelancer.email not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with later(minutes=1):
        assert tasks.hand_over_notices() == 1
    assert len(mail.outbox) == 1


def test_silence_does_not_count_before_both_channels_took_it(
    cast: Cast, draft: Dispute, say: Say, settings: Any
) -> None:
    say(cast.client, "file")
    settings.EMAIL_BACKEND = BACKEND
    tasks.hand_over_notices()
    with later(days=5, minutes=1):
        firing.sweep()
        tasks.hand_over_notices()
    with later(days=8):
        firing.sweep()
        with pytest.raises(Refused, match="Two notices"):
            say(cast.agent, "confirm_default", reason="No answer.")
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with later(days=8, hours=2):
        tasks.hand_over_notices()
        assert len(mail.outbox) == 2, "the claim, and the reminder with the grace"
        assert say(cast.agent, "confirm_default", reason="No answer.").state == "executing"
        tasks.hand_over_notices()
    assert len(mail.outbox) == 3


def test_a_private_turn_writes_no_notice(cast: Cast, draft: Dispute, mediation: Say) -> None:
    before = Notice.objects.count()
    asked = {"party": cast.freelancer.pk, "text": "I would take less.", "question": "May I share this?"}
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    mediation(cast.mediator, "ask_release", **asked)
    mediation(cast.freelancer, "decline_mediation")
    assert Notice.objects.count() == before


def test_both_are_told_of_a_recommendation_and_of_its_end(cast: Cast, draft: Dispute, mediation: Say) -> None:
    Notice.objects.all().delete()
    recommend(cast, mediation, draft)
    for _ in range(2):
        dispatch()
        tasks.hand_over_notices()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([cast.client.email, cast.freelancer.email])
    mail.outbox.clear()
    mediation(cast.client, "answer", is_yes=False)
    dispatch()
    tasks.hand_over_notices()
    assert mail.outbox == [], "a sealed answer is nobody's news"
    mediation(cast.freelancer, "answer", is_yes=True)
    dispatch()
    tasks.hand_over_notices()
    assert len(mail.outbox) == 2
    assert Notice.objects.filter(code__startswith="no_agreement:", handed_over_at__isnull=False).count() == 2


def test_what_is_said_before_a_worker_looks_takes_no_letter_away(cast: Cast, draft: Dispute, mediation: Say) -> None:
    """Silence counts as a no, whatever else was said in the case meanwhile."""
    Notice.objects.all().delete()
    recommend(cast, mediation, draft)
    mediation(cast.client, "cool_off", hours=12)
    for _ in range(2):
        dispatch()
        tasks.hand_over_notices()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([cast.client.email, cast.freelancer.email])


def test_who_answered_is_not_told_of_their_own_answer(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    tasks.hand_over_notices()
    mail.outbox.clear()
    say(cast.freelancer, "decline", **ANSWER)
    dispatch()
    tasks.hand_over_notices()
    assert [letter.to for letter in mail.outbox] == [[cast.client.email]]


def test_what_was_overtaken_is_not_sent(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    say(cast.client, "withdraw")
    assert tasks.hand_over_notices() == 0
    assert mail.outbox == []
