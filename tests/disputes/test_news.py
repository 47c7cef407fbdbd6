"""What one side does with a milestone or the contract, the other hears of by mail: once, in their language, while it is
so, through the notices that cases have too.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.models import User
from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes import tasks
from mediation.disputes.actions import auto_release, claims, contracts, milestones, news
from mediation.disputes.models import AutoRelease, Notice
from mediation.disputes.rules.milestones import Act
from mediation.disputes.rules.states import Track
from mediation.events.dispatch import dispatch
from mediation.events.models import Event
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case
from tests.disputes.funds import held_milestone
from tests.disputes.stories import later


@pytest.fixture(autouse=True)
def held(cast: Cast) -> Milestone:
    """The third milestone with its money in escrow; Helen reads Dutch, Mateo Spanish."""
    User.objects.filter(pk=cast.client.pk).update(language="nl")
    dispatch()
    return held_milestone(cast.room.contract, AMOUNT, position=3)


def do(cast: Cast, who: User, act: Act) -> None:
    said = {"user": who, "room_id": cast.room.pk, "position": 3, "command_id": uuid4(), "note": "Between us: my words."}
    milestones.act(act=act, **said)


def sent() -> list[tuple[str, str]]:
    """What goes out now: to whom, with which subject."""
    mail.outbox.clear()
    for _twice in range(2):
        dispatch()
        tasks.hand_over_notices()
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


STEPS = [
    ("freelancer", Act.SUBMIT, "Part 3” staat klaar"),
    ("client", Act.RETURN, "Helen Marsh pide cambios en «Part 3»"),
    ("client", Act.ASK_BACK, "Helen Marsh pide la devolución del dinero de «Part 3»"),
    ("client", Act.WITHDRAW, "Helen Marsh ya no pide la devolución del dinero de «Part 3»"),
    ("client", Act.ASK_BACK, "Helen Marsh pide la devolución del dinero de «Part 3»"),
    ("freelancer", Act.REFUSE, "Mateo Giraldo geeft het geld voor “Part 3” niet terug"),
    ("freelancer", Act.SUBMIT, "Part 3” staat klaar"),
    ("client", Act.APPROVE, "Helen Marsh aprobó «Part 3»"),
]


def test_every_act_is_told_to_the_other_side_once_in_their_language(cast: Cast) -> None:
    for who, act, subject in STEPS:
        do(cast, getattr(cast, who), act)
        other = cast.freelancer if who == "client" else cast.client
        [(to, said)] = sent()
        assert (to, subject in said) == (other.email, True), (act, said)
        [letter] = mail.outbox
        assert f"/rooms/{cast.room.pk}/" in letter.body
        for private in ("Between us", "2,200", "2.200"):
            assert private not in letter.body
    assert sent() == []


def test_a_letter_names_the_last_moment_in_the_zone_of_its_reader(cast: Cast) -> None:
    User.objects.filter(pk=cast.freelancer.pk).update(time_zone="America/Bogota")
    do(cast, cast.client, Act.ASK_BACK)
    sent()
    [letter] = mail.outbox
    assert "America/Bogota" in letter.body
    do(cast, cast.freelancer, Act.GIVE_BACK)
    [(to, subject)] = sent()
    assert (to, "Mateo Giraldo heeft het geld voor “Part 3” teruggegeven" in subject) == (cast.client.email, True)


def test_before_it_is_paid_by_itself_the_client_is_reminded_once_and_after_it_both_are_told(cast: Cast) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    sent()
    with later(days=11, hours=23):
        assert sent() == []
    with later(days=12, hours=1):
        [(to, subject)] = sent()
        assert (to, "vanzelf betaald" in subject) == (cast.client.email, True)
    with later(days=13):
        assert sent() == []
    with later(days=14, hours=1):
        assert auto_release.release_due() == 1
        assert sorted(to for to, _subject in sent()) == sorted([cast.client.email, cast.freelancer.email])


def test_what_goes_on_after_a_claim_is_reminded_of_again(cast: Cast, held: Milestone) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    with later(days=13):
        assert news.warn() == 1
        case = filed(cast, held)
        assert news.warn() == 0
    with later(days=15):
        case.say(cast.client, "withdraw")
        assert news.warn() == 1
    assert AutoRelease.objects.get().warned_at


def filed(cast: Cast, about: Milestone) -> Case:
    draft = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=about.pk)
    case = Case(cast, draft.pk)
    case.do(cast.client, "edit_draft")
    case.say(cast.client, "file")
    return case


def test_old_news_is_not_sent(cast: Cast, held: Milestone) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    dispatch()
    do(cast, cast.client, Act.APPROVE)
    [(to, subject)] = sent()
    assert (to, "aprobó" in subject) == (cast.freelancer.email, True)


def test_what_came_at_once_is_told_as_it_ended(cast: Cast) -> None:
    do(cast, cast.client, Act.ASK_BACK)
    do(cast, cast.client, Act.WITHDRAW)
    do(cast, cast.client, Act.ASK_BACK)
    [(to, subject)] = sent()
    assert (to, "pide la devolución" in subject) == (cast.freelancer.email, True)


def test_nobody_is_asked_for_an_answer_while_a_case_decides(cast: Cast, held: Milestone) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    dispatch()
    case = filed(cast, held)
    assert not [to for to, subject in sent() if "staat klaar" in subject]
    case.say(cast.client, "withdraw")
    assert [to for to, subject in sent() if "staat klaar" in subject] == [cast.client.email]


def test_an_event_handed_over_again_writes_no_second_letter(cast: Cast) -> None:
    do(cast, cast.freelancer, Act.SUBMIT)
    assert len(sent()) == 1
    Event.objects.update(handled_at=None)
    assert sent() == []
    assert Notice.objects.filter(room=cast.room).count() == 1


def test_who_ends_a_contract_is_told_to_the_other_side(cast: Cast) -> None:
    said = {"room_id": cast.room.pk, "command_id": uuid4(), "reason": "Between us: I am ill."}
    contracts.end(user=cast.freelancer, **said)
    [(to, subject)] = sent()
    assert (to, "Website redesign" in subject) == (cast.client.email, True)
    assert "Between us" not in mail.outbox[0].body


def test_a_closed_account_is_written_too_because_its_silence_pays(cast: Cast) -> None:
    User.objects.filter(pk=cast.client.pk).update(is_active=False)
    do(cast, cast.freelancer, Act.SUBMIT)
    assert [to for to, _ in sent()] == [cast.client.email]
    assert "Je account is gesloten." in mail.outbox[0].body


def test_a_notice_is_about_a_case_or_about_a_room(cast: Cast) -> None:
    said: dict[str, Any] = {"to": cast.client, "channel": "email", "code": "submitted:1", "written_at": clock.now()}
    for about in ({}, {"room": cast.room, "dispute_id": uuid4()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(**said, **about)


def test_a_reminder_is_moved_with_what_it_reminds_of(cast: Cast) -> None:
    """An outage of ours moves the payment; who was reminded is not reminded again of a moment that was moved."""
    do(cast, cast.freelancer, Act.SUBMIT)
    with later(days=13):
        assert news.warn() == 1
        auto_release.move(clock.now(), clock.now() + timedelta(days=2), to=lambda due_at: due_at + timedelta(hours=3))
        assert news.warn() == 0
