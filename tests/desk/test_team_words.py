"""Words to one's team and questions to a colleague: who reads them, who is told, once."""

from functools import partial
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import Team, User
from mediation.conversations.models import Message
from mediation.core.errors import NotFound
from mediation.desk.actions.taking import claim
from mediation.desk.actions.team_room import ask, have_seen, say
from mediation.desk.errors import BadWords, NoColleague
from mediation.desk.models import Mention, TeamLine
from mediation.desk.queries.team_room import newest_lines, unseen
from mediation.desk.rules.mentions import mentioned
from mediation.disputes.models import Dispute
from mediation.events.models import Event
from tests.at_once import at_once
from tests.cast import Cast
from tests.desk.test_taking import waiting
from tests.desk.test_team_room import hear
from tests.web.test_case_pages import text_of

HELLO = "Payments are slow, @Sam Okafor knows more."


def team_of(cast: Cast) -> Team:
    made = Team.objects.create(name="Mediation", lead=cast.supervisor)
    made.members.set([cast.agent, cast.senior, cast.supervisor])
    return made


def page_of(user: User) -> Client:
    page = Client()
    page.force_login(user)
    return page


def test_whole_names_behind_an_at_are_meant_and_the_longest_counts() -> None:
    ana, anna, other, twin = (uuid4() for _ in range(4))
    people = {ana: "Ana", anna: "Ana Duarte", other: "J. (Jo) Ruiz", twin: "Ana"}
    assert mentioned("@Ana Duarte, look", people) == [anna]
    assert mentioned("@Ana, and @J. (Jo) Ruiz too; @Ana", people) == [ana, other, twin]
    assert mentioned("Ana, @Anastasia, ana@example.test", people) == []
    assert mentioned("@Ana", {}) == []


@pytest.mark.django_db
def test_words_are_read_by_the_team_and_meant_for_who_is_named(cast: Cast) -> None:
    team = team_of(cast)
    said = say(user=cast.agent, team_id=team.pk, body=f" {HELLO} ", client_id=uuid4())
    assert said.body == HELLO
    assert [line.body for line in newest_lines(cast.supervisor)] == [HELLO]
    assert newest_lines(cast.ee) == []
    assert [one.text for one in unseen(cast.senior)] == [HELLO]
    assert not unseen(cast.supervisor).exists()
    team.members.remove(cast.senior)
    assert not unseen(cast.senior).exists(), "who has left the team reads nothing of it"
    team.members.add(cast.senior)
    assert have_seen(user=cast.senior) == 1
    assert not unseen(cast.senior).exists()


@pytest.mark.django_db
def test_who_is_not_in_the_team_writes_nothing(cast: Cast) -> None:
    team = team_of(cast)
    for stranger in (cast.ee, cast.client, cast.outsider, cast.admin):
        with pytest.raises(NotFound):
            say(user=stranger, team_id=team.pk, body="Hello", client_id=uuid4())
    for wrong in ("", " \x00 ", "x" * 2_001):
        with pytest.raises(BadWords):
            say(user=cast.agent, team_id=team.pk, body=wrong, client_id=uuid4())
    assert not TeamLine.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_words_at_once_are_one_line(live_cast: Cast) -> None:
    team, press = team_of(live_cast), uuid4()
    job = partial(say, user=live_cast.agent, team_id=team.pk, body=HELLO, client_id=press)
    found = at_once(job, job, job)
    assert {one.pk for one in found if isinstance(one, TeamLine)} == {TeamLine.objects.get().pk}, found
    assert Mention.objects.count() == 1


def asked(cast: Cast, case: UUID, person: User, text: str = "How did you settle this last time?", **more: UUID) -> None:
    said = {"client_id": uuid4()} | more
    ask(user=cast.agent, dispute_id=case, person_id=person.pk, text=text, **said)


@pytest.mark.django_db
def test_a_question_stands_in_the_notes_and_is_meant_for_the_colleague(cast: Cast) -> None:
    case, press = waiting(cast), uuid4()
    claim(user=cast.agent, dispute_id=case)
    for _ in range(2):
        asked(cast, case, cast.senior, client_id=press)
    note = Message.objects.get(body__contains="How did you settle")
    assert (note.body, note.thread.audience) == ("@Sam Okafor How did you settle this last time?", "internal")
    assert [(one.by, one.dispute_id) for one in unseen(cast.senior)] == [(cast.agent, case)]


@pytest.mark.django_db
def test_who_is_named_in_the_notes_is_told_once_and_in_no_other_thread(cast: Cast) -> None:
    case = waiting(cast)
    claim(user=cast.agent, dispute_id=case)
    room = Dispute.objects.get(pk=case).room
    notes, joint = (room.threads.get(audience=one, is_main=True) for one in ("internal", "joint"))
    cast.say(cast.agent, "@Sam Okafor, and @Olga Outsider: have you seen this?", thread=notes)
    cast.say(cast.agent, "Thank you, @Sam Okafor.", thread=joint)
    asked(cast, case, cast.ee)
    for _ in range(2):
        Event.objects.update(handled_at=None)
        hear()
    found = Mention.objects.order_by("pk").values_list("person__name", "by__name", "dispute")
    assert sorted(found) == [("Eva Lind", "Priya Nair", case), ("Sam Okafor", "Priya Nair", case)]


@pytest.mark.django_db
def test_nobody_is_asked_who_may_not_read_the_case(cast: Cast) -> None:
    case = waiting(cast)
    party = Dispute.objects.get(pk=case).filer
    party.role = "agent"
    party.save(update_fields=["role"])
    for person in (party, cast.client, cast.analyst, cast.agent):
        with pytest.raises(NoColleague):
            asked(cast, case, person)
    with pytest.raises(BadWords):
        asked(cast, case, cast.senior, text=" ")
    for stranger in (party, cast.client, cast.outsider):
        with pytest.raises(NotFound):
            ask(user=stranger, dispute_id=case, person_id=cast.senior.pk, text="?", client_id=uuid4())
    assert not Mention.objects.exists()


@pytest.mark.django_db
def test_the_pages_say_it_keep_what_was_refused_and_count_it(cast: Cast) -> None:
    team, case = team_of(cast), waiting(cast)
    priya, sam = page_of(cast.agent), page_of(cast.senior)
    said = {"team": team.pk, "text": HELLO, "client_id": uuid4()}
    assert priya.post("/desk/team/", said).status_code == 302
    assert "1" in text_of(sam.get("/desk/").content.decode()).split("Team room")[1][:4]
    words = text_of(sam.get("/desk/team/").content.decode())
    assert "Meant for you" in words
    assert words.count(HELLO) == 2
    sam.post("/desk/team/seen/")
    assert "Meant for you" not in text_of(sam.get("/desk/team/", headers={"X-Part": "lines"}).content.decode())
    answer = priya.post("/desk/team/", said | {"text": "x" * 2_001})
    assert answer.status_code == 400
    assert "x" * 2_001 in answer.content.decode()
    refused = priya.post("/desk/team/", said | {"text": ""}, headers={"X-Part": "act"})
    assert (refused.status_code, refused.json()["code"]) == (400, "desk.words")
    form = f"/desk/cases/{case}/ask/"
    assert "Sam Okafor, Senior agent" in priya.get(form).content.decode()
    question = {"person": cast.senior.pk, "text": "Have you met them?", "client_id": uuid4()}
    assert "Asked. The question stands in the staff notes." in priya.post(form, question, follow=True).content.decode()
    assert "Have you met them?" in text_of(sam.get("/desk/team/").content.decode())
    again = priya.post(form, question | {"person": ""})
    assert again.status_code == 400
    assert "Have you met them?" in again.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_same_words_that_come_twice_at_once_are_one_line(live_cast: Cast) -> None:
    team, press = team_of(live_cast), uuid4()
    both = at_once(*[partial(say, user=live_cast.agent, team_id=team.pk, body=HELLO, client_id=press)] * 2)
    assert [getattr(one, "pk", one) for one in both] == [TeamLine.objects.get().pk] * 2
    assert Mention.objects.count() == 1


@pytest.mark.django_db
def test_who_is_no_staff_any_more_reads_nothing_of_the_team(cast: Cast) -> None:
    team = team_of(cast)
    say(user=cast.agent, team_id=team.pk, body=HELLO, client_id=uuid4())
    User.objects.filter(pk=cast.senior.pk).update(role="client")
    sam = User.objects.get(pk=cast.senior.pk)
    assert (newest_lines(sam), unseen(sam).exists()) == ([], False)
    with pytest.raises(NotFound):
        say(user=sam, team_id=team.pk, body="Hello", client_id=uuid4())
