"""Break-glass: a private talk is read for a stated reason, after a second person has agreed, for an hour."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from mediation.conversations.actions import threads
from mediation.conversations.models import Message, Thread
from mediation.conversations.queries import history
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.disputes import errors
from mediation.disputes.actions import glass
from mediation.disputes.audience import case_of
from mediation.disputes.models import BreakGlass
from mediation.disputes.queries import casefile
from mediation.disputes.queries import glass as queries
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case, check_chains, everything
from tests.disputes.glasses import ASK, about, ask, case, logged, opened, texts
from tests.disputes.stories import later
from tests.disputes.ways import case_in

__all__ = ["case"]


def test_a_talk_is_read_after_a_second_person_has_agreed_and_for_an_hour(cast: Cast, case: Case) -> None:
    asked = ask(case, cast.supervisor)
    with pytest.raises(errors.NotOpened):
        texts(case, cast.supervisor, asked)
    agreed = glass.approve(user=cast.senior, note="Agreed.", **about(case, asked))
    assert agreed.ends_at == agreed.decided_at + timedelta(minutes=60)
    with pytest.raises(errors.NotOpened):
        texts(case, cast.supervisor, asked)
    glass.open_(user=cast.supervisor, **about(case, asked))
    assert texts(case, cast.supervisor, asked) == ["Between us: I need the site by Friday."]
    with clock.at(agreed.ends_at - timedelta(milliseconds=1)):
        assert texts(case, cast.supervisor, asked)
    with clock.at(agreed.ends_at), pytest.raises(errors.ReadingOver):
        texts(case, cast.supervisor, asked)
    assert logged(case) == ["ask_glass", "approve_glass", "open_glass"]
    check_chains(case.id)


def test_a_file_of_the_talk_is_read_as_long_and_no_other(cast: Cast, case: Case) -> None:
    asked = opened(case, cast.supervisor, cast.qa)
    [file] = Message.objects.get(thread=cast.thread("caucus_client"), author=cast.client).files
    found = queries.file(user=cast.supervisor, file_id=file["id"], **about(case, asked))
    assert found.name == "plan.txt"
    with pytest.raises(NotFound):
        queries.file(user=cast.supervisor, file_id=uuid4(), **about(case, asked))
    with later(minutes=61), pytest.raises(errors.ReadingOver):
        queries.file(user=cast.supervisor, file_id=file["id"], **about(case, asked))


def test_it_is_this_talk_alone(cast: Cast, case: Case) -> None:
    """Neither the other side's, nor the staff's notes, nor what is for everyone; a topic of this talk is part of it."""
    with later(seconds=1):
        cast.say(cast.mediator, "A word.", audience="internal")
        case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
        topic = threads.open_topic(
            user=cast.client, room_id=cast.room.pk, audience="caucus_client", title="The hosting"
        )
        cast.say(cast.client, "Hosting is separate.", thread=topic)
    asked = opened(case, cast.supervisor, cast.senior)
    for audience in ("caucus_freelancer", "internal", "joint"):
        with pytest.raises(NotFound):
            texts(case, cast.supervisor, asked, thread_id=cast.id_of(audience))
    assert texts(case, cast.supervisor, asked, thread_id=topic.pk) == ["Hosting is separate."]


@pytest.mark.parametrize("name", ["client", "freelancer", "mediator", "agent", "analyst", "admin", "outsider"])
def test_everybody_else_is_refused(cast: Cast, case: Case, name: str) -> None:
    who = getattr(cast, name)
    running = opened(case, cast.supervisor, cast.senior)
    waiting = ask(case, cast.supervisor, cast.freelancer)
    before = everything()
    with pytest.raises(NotFound):
        ask(case, who)
    for act in (glass.approve, glass.refuse, glass.end):
        with pytest.raises(NotFound):
            act(user=who, **about(case, waiting))
    for asked in (running, waiting):
        with pytest.raises(NotFound):
            glass.open_(user=who, **about(case, asked))
        with pytest.raises(NotFound):
            texts(case, who, asked)
    assert queries.asked_now(who) == []
    assert everything() == before


@pytest.mark.parametrize("name", ["senior", "qa", "ee"])
def test_another_who_may_ask_does_not_read_what_a_colleague_was_given(cast: Cast, case: Case, name: str) -> None:
    asked = opened(case, cast.supervisor, cast.senior)
    with pytest.raises(NotFound):
        texts(case, getattr(cast, name), asked)
    with pytest.raises(NotFound):
        glass.open_(user=getattr(cast, name), **about(case, asked))


def test_nobody_agrees_to_what_they_asked_for_themselves(cast: Cast, case: Case) -> None:
    asked = ask(case, cast.supervisor)
    for act in (glass.approve, glass.refuse):
        with pytest.raises(errors.SecondPerson):
            act(user=cast.supervisor, **about(case, asked))
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.filter(pk=asked.pk).update(decided_by=cast.supervisor)


def test_who_mediates_or_has_mediated_here_does_not_agree(cast: Cast, case: Case) -> None:
    asked = ask(case, cast.supervisor)
    case.do(cast.supervisor, "reassign", agent_id=cast.senior.pk)
    with pytest.raises(NotFound):  # Sam mediates now, and learns nothing of it
        glass.approve(user=cast.senior, **about(case, asked))
    case.do(cast.supervisor, "reassign", agent_id=cast.agent.pk)
    with pytest.raises(NotFound):
        glass.approve(user=cast.senior, **about(case, asked))


def test_who_has_a_tie_to_one_of_them_neither_asks_nor_agrees_nor_reads_on(cast: Cast, case: Case) -> None:
    asked = opened(case, cast.supervisor, cast.qa)
    waiting = ask(case, cast.senior)
    for who in (cast.supervisor, cast.qa):
        User.objects.filter(pk=who.pk).update(company="Marsh & Co")
        who.refresh_from_db()
    User.objects.filter(pk=cast.client.pk).update(company="marsh & co")
    with pytest.raises(errors.ReaderInConflict):
        ask(case, cast.supervisor, cast.freelancer)
    with pytest.raises(errors.ReaderInConflict):
        glass.approve(user=cast.qa, **about(case, waiting))
    with pytest.raises(errors.ReaderInConflict):
        texts(case, cast.supervisor, asked)


def test_a_role_that_goes_takes_the_look_with_it(cast: Cast, case: Case) -> None:
    asked = opened(case, cast.supervisor, cast.senior)
    for change in ({"role": "agent"}, {"role": "supervisor", "is_active": False}):
        User.objects.filter(pk=cast.supervisor.pk).update(**change)
        cast.supervisor.refresh_from_db()
        with pytest.raises(NotFound):
            texts(case, cast.supervisor, asked)


def test_whoever_comes_to_mediate_reads_as_mediator_and_not_this_way(cast: Cast, case: Case) -> None:
    asked = opened(case, cast.senior, cast.supervisor)
    case.do(cast.supervisor, "reassign", agent_id=cast.senior.pk)
    with pytest.raises(NotFound):
        texts(case, cast.senior, asked)
    assert case_view(case_of(cast.senior, case.id), cast.senior)["glass"] == []


def test_every_act_said_twice_is_done_once(cast: Cast, case: Case) -> None:
    one, two, three, four = (uuid4() for _ in range(4))
    first, again = (ask(case, cast.supervisor, command_id=one) for _ in range(2))
    assert first.pk == again.pk
    with pytest.raises(errors.AskedAlready):
        ask(case, cast.supervisor)
    for _ in range(2):
        glass.approve(user=cast.senior, command_id=two, **about(case, first))
        glass.open_(user=cast.supervisor, command_id=three, **about(case, first))
        glass.end(user=cast.supervisor, command_id=four, **about(case, first))
    assert logged(case) == ["ask_glass", "approve_glass", "open_glass", "end_glass"]
    with pytest.raises(errors.IdUsed):
        glass.refuse(user=cast.senior, command_id=two, **about(case, first))
    with pytest.raises(errors.DecidedAlready):
        glass.end(user=cast.supervisor, **about(case, first))
    check_chains(case.id)


def test_what_is_ended_early_is_over_at_once(cast: Cast, case: Case) -> None:
    for ender in (cast.supervisor, cast.qa):
        asked = opened(case, cast.supervisor, cast.senior)
        glass.end(user=ender, **about(case, asked))
        with pytest.raises(errors.ReadingOver):
            texts(case, cast.supervisor, asked)
        with pytest.raises(errors.ReadingOver):
            glass.open_(user=cast.supervisor, **about(case, asked))


def test_what_nobody_decides_lapses_and_what_was_refused_stays_so(cast: Cast, case: Case) -> None:
    asked = ask(case, cast.supervisor)
    with later(hours=24):
        with pytest.raises(errors.DecidedAlready) as gone:
            glass.approve(user=cast.senior, **about(case, asked))
        assert gone.value.detail == {"status": "lapsed"}
        anew = ask(case, cast.supervisor)  # the end of the first one is written down with this
        glass.refuse(user=cast.senior, note="Ask her first.", **about(case, anew))
        with pytest.raises(errors.ReadingOver):
            glass.open_(user=cast.supervisor, **about(case, anew))
        with pytest.raises(errors.DecidedAlready):
            glass.approve(user=cast.qa, **about(case, anew))
    assert logged(case) == ["ask_glass", "glass_over", "ask_glass", "refuse_glass"]
    asked.refresh_from_db()
    assert asked.ended_at == asked.lapses_at


def test_an_approval_that_lies_about_is_no_key(cast: Cast, case: Case) -> None:
    asked = ask(case, cast.supervisor)
    glass.approve(user=cast.senior, **about(case, asked))
    with later(minutes=60), pytest.raises(errors.ReadingOver):
        glass.open_(user=cast.supervisor, **about(case, asked))


def test_what_cannot_be_asked(cast: Cast, case: Case) -> None:
    with pytest.raises(errors.ReasonMissing):
        ask(case, cast.supervisor, reason=" \n")
    with pytest.raises(errors.NotAParty):
        ask(case, cast.supervisor, cast.mediator)
    with pytest.raises(NotFound):
        glass.approve(user=cast.supervisor, dispute_id=case.id, glass_id=uuid4())
    with pytest.raises(NotFound):
        glass.ask(user=cast.supervisor, dispute_id=uuid4(), party_id=cast.client.pk, **ASK)


def test_a_case_that_nobody_mediated_has_no_private_talk(cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    with pytest.raises(errors.NoPrivateTalk):
        ask(case, cast.supervisor)


def test_the_room_knows_nothing_of_it(cast: Cast, case: Case) -> None:
    asked = opened(case, cast.supervisor, cast.senior)
    for thread in Thread.objects.filter(room=cast.room, audience__startswith="caucus"):
        with pytest.raises(NotFound):
            history.page_before(user=cast.supervisor, thread_id=thread.pk)
    heads = dict(Thread.objects.values_list("pk", "head_seq"))
    texts(case, cast.supervisor, asked)
    assert dict(Thread.objects.values_list("pk", "head_seq")) == heads


@pytest.mark.parametrize("way", ["reassign", "withdraw"])
def test_who_has_mediated_here_learns_of_no_look_even_when_nobody_owns_the_case(
    cast: Cast, case: Case, way: str
) -> None:
    """What is looked at may be their own conduct, and a closed case has no mediator any more."""
    case.do(cast.supervisor, "reassign", agent_id=cast.senior.pk)
    asked = opened(case, cast.supervisor, cast.qa)
    if way == "reassign":
        case.do(cast.supervisor, "reassign", agent_id=cast.agent.pk)
    else:
        case.do(cast.client, "withdraw")
    sam = cast.senior
    assert case_view(case_of(sam, case.id), sam)["glass"] == []
    assert casefile.audiences(case.row, sam) == ("joint", "internal")
    assert casefile.audiences(case.row, cast.supervisor) == ("joint", "internal", "glass")
    assert queries.asked_now(sam) == []
    for act in (
        lambda: queries.case_for(sam, case.id),
        lambda: glass.end(user=sam, **about(case, asked)),
        lambda: ask(case, sam),
    ):
        with pytest.raises(NotFound):
            act()
