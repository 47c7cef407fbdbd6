"""Asking for a mediator, taking it back, joining and leaving go through the case, at every door."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from mediation.conversations.models import HelpRequest, Member, Message
from mediation.core.errors import Conflict, Forbidden, NotFound, Refused
from mediation.disputes.actions import asking
from mediation.disputes.models import CaseEntry, Dispute, Objection
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import ANSWER, state

Door = Callable[[User, str], object]
METHODS = {"ask": "post", "cancel": "delete", "join": "post", "leave": "post"}
PLACES = {"ask": "help", "cancel": "help", "join": "join", "leave": "leave"}


def by_api(room: UUID) -> Door:
    def go(user: User, what: str) -> object:
        client = Client()
        client.force_login(user)
        path = f"/api/rooms/{room}/{PLACES[what]}/"
        return getattr(client, METHODS[what])(path, {}, content_type="application/json")

    return go


def by_page(room: UUID) -> Door:
    def go(user: User, what: str) -> object:
        client = Client()
        client.force_login(user)
        return client.post(f"/rooms/{room}/{PLACES[what]}/", {"cancel": "1"} if what == "cancel" else {})

    return go


def by_action(room: UUID) -> Door:
    def go(user: User, what: str) -> object:
        return getattr(asking, what)(user=user, room_id=room)

    return go


@pytest.mark.parametrize("door", [by_api, by_page, by_action])
def test_a_call_for_a_mediator_is_a_case(door: Callable[[UUID], Door], cast: Cast) -> None:
    go = door(cast.room.pk)
    go(cast.client, "ask")
    go(cast.client, "ask")
    case = Dispute.objects.get(room=cast.room)
    assert (case.state, case.has_claim, case.asker) == ("escalated", False, cast.client)
    go(cast.client, "cancel")
    assert state(case) == "closed"
    go(cast.freelancer, "ask")
    case = Dispute.objects.get(room=cast.room, state=State.ESCALATED.value)
    go(cast.mediator, "join")
    assert state(case) == "mediating"
    assert case.mediator == cast.mediator
    assert Member.objects.filter(room=cast.room, user=cast.mediator, left_at__isnull=True).exists()
    go(cast.mediator, "leave")
    assert state(case) == "closed"
    assert case.outcome == "helped"
    assert not HelpRequest.objects.filter(room=cast.room, ended_at__isnull=True).exists()
    assert not Member.objects.filter(room=cast.room, user=cast.mediator, left_at__isnull=True).exists()


def test_the_room_tells_of_it_in_one_line_each(cast: Cast) -> None:
    asking.ask(user=cast.client, room_id=cast.room.pk)
    asking.join(user=cast.mediator, room_id=cast.room.pk)
    lines = Message.objects.filter(thread=cast.joint, kind="system").order_by("seq").values_list("code", flat=True)
    assert list(lines) == ["thread.opened", "help.asked", "help.taken", "member.joined"]
    written = CaseEntry.objects.filter(dispute__room=cast.room).order_by("pk").values_list("type", flat=True)
    assert list(written) == ["dispute.ask_mediator", "dispute.claim"]


def test_in_talks_the_open_claim_goes_to_the_mediator(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    with pytest.raises(Conflict):
        asking.ask(user=cast.freelancer, room_id=cast.room.pk)
    say(cast.freelancer, "decline", **ANSWER)
    asking.ask(user=cast.freelancer, room_id=cast.room.pk, note="Please")
    assert (state(draft), draft.asker) == ("escalated", cast.freelancer)
    with pytest.raises(Forbidden):
        asking.cancel(user=cast.client, room_id=cast.room.pk)
    asking.cancel(user=cast.freelancer, room_id=cast.room.pk)
    assert state(draft) == "negotiating"
    assert Dispute.objects.filter(room=cast.room).count() == 1


def test_a_mediator_hands_a_claim_over_with_a_brief(cast: Cast, mediation: Say, draft: Dispute) -> None:
    with pytest.raises(Refused) as refused:
        asking.leave(user=cast.mediator, room_id=cast.room.pk)
    assert refused.value.code == "dispute.brief"
    answer = by_page(cast.room.pk)(cast.mediator, "leave")
    assert answer["Location"] == f"/cases/{draft.pk}/do/release/", "there is a form for the brief"
    assert state(draft) == "mediating"


def test_one_agent_takes_it_and_the_other_is_told_who(cast: Cast) -> None:
    asking.ask(user=cast.client, room_id=cast.room.pk)
    asking.join(user=cast.mediator, room_id=cast.room.pk)
    asking.join(user=cast.mediator, room_id=cast.room.pk)
    with pytest.raises(Conflict, match="Ana Duarte"):
        asking.join(user=cast.agent, room_id=cast.room.pk)
    with pytest.raises(Conflict):
        asking.cancel(user=cast.client, room_id=cast.room.pk)


def test_a_conflict_of_interest_keeps_the_door_shut(cast: Cast) -> None:
    asking.ask(user=cast.client, room_id=cast.room.pk)
    case = Dispute.objects.get(room=cast.room)
    Objection.objects.create(
        dispute=case, mediator=cast.agent, raised_by=cast.client, reason="x", raised_at=case.created_at, is_upheld=True
    )
    with pytest.raises(Refused) as refused:
        asking.join(user=cast.agent, room_id=cast.room.pk)
    assert refused.value.code == "dispute.conflict"
    assert state(case) == "escalated"
    assert not Member.objects.filter(room=cast.room, user=cast.agent).exists()


def test_a_mediator_whose_account_was_closed_makes_room(cast: Cast) -> None:
    asking.ask(user=cast.client, room_id=cast.room.pk)
    asking.join(user=cast.mediator, room_id=cast.room.pk)
    User.objects.filter(pk=cast.mediator.pk).update(is_active=False)
    asking.join(user=cast.agent, room_id=cast.room.pk)
    case = Dispute.objects.get(room=cast.room)
    assert (case.state, case.mediator) == ("mediating", cast.agent)
    present = Member.objects.filter(room=cast.room, role="mediator", left_at__isnull=True)
    assert [stay.user for stay in present] == [cast.agent]


def test_who_has_no_part_in_it_is_refused(cast: Cast) -> None:
    for what in METHODS:
        with pytest.raises(NotFound):
            getattr(asking, what)(user=cast.outsider, room_id=cast.room.pk)
    asking.ask(user=cast.client, room_id=cast.room.pk)
    for person in (cast.agent, cast.supervisor, cast.qa):
        with pytest.raises(Forbidden):
            asking.ask(user=person, room_id=cast.room.pk)
        with pytest.raises(Forbidden):
            asking.cancel(user=person, room_id=cast.room.pk)
    for person in (cast.supervisor, cast.qa, cast.client, cast.admin):
        with pytest.raises(NotFound):
            asking.join(user=person, room_id=cast.room.pk)
    with pytest.raises(Forbidden):
        asking.leave(user=cast.client, room_id=cast.room.pk)
