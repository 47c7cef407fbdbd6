"""The same for several cases: each by itself, with its own result."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.models import User
from mediation.conversations.models import Message
from mediation.core import clock
from mediation.core.errors import Unavailable
from mediation.core.tries import TRIES
from mediation.desk.actions import bulk, by_hand
from mediation.desk.actions.taking import claim
from mediation.desk.models import CaseTag, Snooze
from mediation.disputes.actions import firing
from mediation.disputes.models import Dispute, Timer
from tests.cast import Cast
from tests.desk.test_taking import waiting
from tests.web.test_case_pages import text_of

pytestmark = pytest.mark.django_db
SEVERAL = "/desk/several/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: User, cases: list[UUID], **said: object) -> str:
    return text_of(as_(user).post(SEVERAL, {"case": cases, **said}).content.decode())


def test_a_supervisor_gives_several_to_one_agent(cast: Cast) -> None:
    waits, owned, given = waiting(cast, "waits"), waiting(cast, "owned"), waiting(cast, "given")
    claim(user=cast.senior, dispute_id=owned)
    claim(user=cast.agent, dispute_id=given)
    said = {"act": "assign", "agent_id": cast.agent.pk, "brief": "Sam is ill.", "press": uuid4()}
    words = post(cast.supervisor, [waits, owned, given, uuid4()], **said)
    assert "2 of 4 done" in words
    assert "Choose another agent who may take cases." in words
    assert "A case that is not on your desk" in words
    assert {Dispute.objects.get(pk=key).mediator for key in (waits, owned, given)} == {cast.agent}
    assert "2 of 4 done" in post(cast.supervisor, [waits, owned, given, uuid4()], **said), "the same press, once"


def test_who_is_no_supervisor_assigns_nothing(cast: Cast) -> None:
    case = waiting(cast)
    assert 'value="assign"' not in as_(cast.agent).get(f"{SEVERAL}?case={case}").content.decode()
    assert "0 of 1 done" in post(cast.agent, [case], act="assign", agent_id=cast.agent.pk)
    assert Dispute.objects.get(pk=case).mediator is None


def test_a_note_is_written_into_each_room_once(cast: Cast) -> None:
    first, second, waits = waiting(cast, "one"), waiting(cast, "two"), waiting(cast, "waits")
    for case in (first, second):
        claim(user=cast.agent, dispute_id=case)
    said = {"act": "note", "text": "Payments are slow today.", "press": uuid4()}
    for _ in range(2):
        assert "3 of 3 done" in post(cast.senior, [first, second, waits], **said)
    notes = Message.objects.filter(body="Payments are slow today.")
    assert [note.thread.audience for note in notes] == ["internal"] * 3


def test_who_only_reads_writes_no_note(cast: Cast) -> None:
    words = post(cast.qa, [waiting(cast)], act="note", text="I was here.")
    assert "0 of 1 done" in words
    assert not Message.objects.filter(body="I was here.").exists()


def test_tags_are_put_on_each_beside_those_it_has(cast: Cast) -> None:
    cases = [waiting(cast, "one"), waiting(cast, "two")]
    CaseTag.objects.create(dispute_id=cases[0], name="vip")
    assert "2 of 2 done" in post(cast.agent, cases, act="tag", tags="VIP refund")
    assert sorted(CaseTag.objects.values_list("dispute", "name")) == sorted(
        (case, name) for case in cases for name in ("refund", "vip")
    )
    for wrong in ("", "not, this", "a b c d e f g h i j k"):
        assert "Tags are words of small letters" in post(cast.agent, cases, act="tag", tags=wrong)


def test_several_of_ones_own_are_laid_aside(cast: Cast) -> None:
    own, other = waiting(cast, "own"), waiting(cast, "other")
    claim(user=cast.agent, dispute_id=own)
    claim(user=cast.senior, dispute_id=other)
    assert "1 of 2 done" in post(cast.agent, [own, other], act="snooze", until="tomorrow", on_word="on")
    assert Snooze.objects.get().dispute_id == own


def test_what_is_not_right_is_said_and_what_was_written_is_kept(cast: Cast) -> None:
    case = waiting(cast)
    words = post(cast.supervisor, [case], act="assign", brief="She speaks Dutch.")
    assert "Choose the agent who is to have them." in words
    assert "She speaks Dutch." in words
    assert "Choose a moment within the next 30 days" in post(cast.agent, [case], act="snooze", until="then")
    assert "No case is chosen" in text_of(as_(cast.agent).get(f"{SEVERAL}?case=x").content.decode())


TYPED = {
    "agent_id": "", "brief": "She speaks Dutch.", "override_reason": "Sam is ill.", "text": "Payments are slow.",
    "priority": "high", "tags": "refund vip", "until": "other", "moment": "2030-01-02T03:04",
}  # fmt: skip
FIELDS = [
    "She speaks Dutch.</textarea>",
    'value="Sam is ill."',
    "Payments are slow.</textarea>",
    'value="high" selected',
    'value="refund vip"',
    'value="other" selected',
    'value="2030-01-02T03:04"',
]


def whole(user: User, cases: list[UUID], **said: object) -> str:
    return as_(user).post(SEVERAL, {"case": cases, **said}).content.decode()


@pytest.mark.parametrize("act", ["assign", "snooze"])
def test_what_was_typed_for_other_things_stays_when_one_is_refused(cast: Cast, act: str) -> None:
    html = whole(cast.supervisor, [waiting(cast)], act=act, **TYPED)
    assert 'role="alert"' in html
    assert [field for field in FIELDS if field not in html] == []
    assert 'name="on_word" checked' not in html


def test_what_was_typed_for_other_things_stays_when_one_is_done(cast: Cast) -> None:
    case = waiting(cast)
    html = whole(cast.supervisor, [case], act="tag", **TYPED)
    assert "1 of 1 done" in html
    assert "Something else with the same cases" in html
    assert f'name="case" value="{case}"' in html
    assert [field for field in FIELDS if field not in html] == ['value="refund vip"'], "only that is done"


def test_what_a_case_refuses_is_kept_with_that_case(cast: Cast) -> None:
    own, other = waiting(cast, "own"), waiting(cast, "other")
    claim(user=cast.agent, dispute_id=own)
    html = whole(cast.agent, [own, other, uuid4()], act="snooze", text="Payments are slow.", until="monday")
    assert "1 of 3 done" in html
    assert "1 case is still chosen" in html
    assert f'name="case" value="{other}"' in html
    assert f'name="case" value="{own}"' not in html
    assert 'value="monday" selected' in html
    assert "Payments are slow.</textarea>" in html


def test_a_note_without_words_is_refused_once_and_not_by_each_case(cast: Cast) -> None:
    html = whole(cast.agent, [waiting(cast)], act="note", text="  ", tags="vip")
    assert 'role="alert"' in html
    assert "of 1 done" not in html


def test_no_more_than_a_page_at_once(cast: Cast) -> None:
    keys = [uuid4() for _ in range(60)]
    assert len(bulk.snooze(user=cast.agent, cases=keys + keys, until=None, on_word=True)) == bulk.MOST


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_not_won_is_that_one_cases_refusal(live_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (waiting(live_cast, name) for name in ("one", "two", "three"))
    trouble, add_tags = {first: 1, second: 3}, by_hand.add_tags

    def locked(*, user: User, dispute_id: UUID, names: list[str]) -> bool:
        done = add_tags(user=user, dispute_id=dispute_id, names=names)
        if trouble.get(dispute_id):
            trouble[dispute_id] -= 1
            raise OperationalError("database is locked")
        return done

    monkeypatch.setattr(by_hand, "add_tags", locked)
    found = bulk.tag(user=live_cast.agent, cases=[first, second, third], words="vip")
    assert [one.refused for one in found] == ["", Unavailable.message, ""]
    assert set(CaseTag.objects.values_list("dispute", flat=True)) == {first, third}
    assert not any(trouble.values())


@pytest.mark.django_db(transaction=True)
def test_a_busy_case_is_given_to_nobody_and_the_others_are(live_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was due on a case speaks before it is given to somebody, and needs the case's lock for it."""
    first, second, third = (waiting(live_cast, name) for name in ("one", "two", "three"))
    for case in (first, second, third):
        Timer.objects.create(dispute_id=case, kind="request", due_at=clock.now() - timedelta(hours=1))
    trouble, fire_one = {first: 1, second: TRIES}, firing.fire_one

    def locked(dispute_id: UUID, before: datetime) -> bool:
        fired = fire_one(dispute_id, before)
        if trouble.get(dispute_id):
            trouble[dispute_id] -= 1
            raise OperationalError("database is locked")
        return fired

    monkeypatch.setattr(firing, "fire_one", locked)
    given = {"agent_id": live_cast.agent.pk, "brief": "", "reason": "", "press": uuid4()}
    found = bulk.assign(user=live_cast.supervisor, cases=[first, second, third], **given)
    assert [one.refused for one in found] == ["", Unavailable.message, ""]
    assert set(Dispute.objects.filter(mediator=live_cast.agent).values_list("pk", flat=True)) == {first, third}
    assert set(Timer.objects.filter(kind="request", fired_at=None).values_list("dispute", flat=True)) == {second}
    assert not any(trouble.values())
