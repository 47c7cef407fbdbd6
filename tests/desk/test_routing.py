"""The next case for an agent: the first due that suits them, another one for each of two who ask at once."""

import html
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Forbidden, NotFound
from mediation.desk.actions.declining import decline
from mediation.desk.actions.taking import claim, take_next
from mediation.desk.errors import NoReason, NothingForYou
from mediation.desk.models import AgentProfile, CaseWeight, Decline, QueueRow
from mediation.desk.queries import offers, routing
from mediation.desk.rules.declines import PASSED_FOR
from mediation.desk.rules.routing import Miss
from mediation.disputes.actions import asking
from mediation.disputes.errors import TooManyCases
from mediation.disputes.models import CaseEntry, Dispute
from tests.at_once import at_once
from tests.browser.test_desk import due
from tests.cast import Cast, make_contract, person
from tests.desk.test_taking import waiting


def profile(user: User, **said: object) -> AgentProfile:
    return AgentProfile.objects.create(user=user, **said)


def take(user: User) -> UUID:
    return take_next(user=user, command_id=uuid4()).pk


def why(user: User) -> list[list[object]]:
    with pytest.raises(NothingForYou) as refused:
        take(user)
    return list(refused.value.detail["why"])


@pytest.mark.django_db
def test_the_first_due_that_suits_is_taken(cast: Cast) -> None:
    later, sooner = due(waiting(cast, "later"), 90), due(waiting(cast, "sooner"), 30)
    spanish = due(waiting(cast, "spanish"), 5)
    User.objects.filter(pk=Dispute.objects.get(pk=spanish).asker_id).update(language="es")
    profile(cast.agent, languages=["en"])
    assert [take(cast.agent), take(cast.agent)] == [sooner, later]
    assert why(cast.agent) == [["language", 1]]
    assert take(cast.senior) == spanish


@pytest.mark.django_db
def test_who_knows_a_party_is_given_another_case(cast: Cast) -> None:
    tied, free = due(waiting(cast, "tied"), 10), due(waiting(cast, "free"), 60)
    make_contract(Dispute.objects.get(pk=tied).filer, cast.agent)
    assert take(cast.agent) == free
    assert why(cast.agent) == [["conflict", 1]]


@pytest.mark.django_db
def test_nothing_is_said_in_the_words_of_the_reasons(cast: Cast) -> None:
    with pytest.raises(NothingForYou) as refused:
        take(cast.agent)
    assert str(refused.value.message) == "Nobody waits for a mediator now."
    waiting(cast)
    profile(cast.agent, is_away=True)
    with pytest.raises(NothingForYou) as refused:
        take(cast.agent)
    assert str(refused.value.message) == "Nothing that waits suits you: away (1)."


@pytest.mark.django_db
def test_only_who_mediates_is_given_a_case(cast: Cast) -> None:
    case = waiting(cast)
    for reader in (cast.supervisor, cast.qa):
        with pytest.raises(Forbidden):
            take(reader)
    for other in (cast.client, cast.analyst, cast.outsider):
        with pytest.raises(NotFound):
            take(other)
    assert Dispute.objects.get(pk=case).mediator is None


@pytest.mark.django_db
def test_the_same_press_heard_twice_takes_one_case(cast: Cast) -> None:
    due(waiting(cast, "one"), 10), due(waiting(cast, "two"), 20)
    press = uuid4()
    first, second = (take_next(user=cast.agent, command_id=press) for _ in range(2))
    assert first.pk == second.pk
    assert Dispute.objects.filter(mediator=cast.agent).count() == 1


@pytest.mark.django_db
def test_what_weighs_too_much_is_refused_at_every_door_and_taken_with_a_reason(cast: Cast) -> None:
    CaseWeight.objects.create(track="none", weight=60)
    profile(cast.agent, capacity=100)
    take_first, case = waiting(cast, "one"), waiting(cast, "two")
    claim(user=cast.agent, dispute_id=take_first)
    assert why(cast.agent) == [["full", 1]]
    for door in (partial(claim, dispute_id=case), partial(asking.join, room_id=Dispute.objects.get(pk=case).room_id)):
        with pytest.raises(TooManyCases):
            door(user=cast.agent)
    claim(user=cast.agent, dispute_id=case, reason="Nobody else is here.")
    kept = CaseEntry.objects.get(dispute=case, type="dispute.claim", audience="internal")
    assert kept.content["override_reason"] == "Nobody else is here."


@pytest.mark.django_db
def test_agents_are_ordered_by_how_the_case_suits_them(cast: Cast) -> None:
    case = waiting(cast, "two")
    profile(cast.agent, capacity=100)
    profile(cast.senior, capacity=100)
    profile(cast.mediator, languages=["nl"])
    profile(cast.ee, is_away=True)
    claim(user=cast.agent, dispute_id=waiting(cast, "one"))
    found = routing.candidates(Dispute.objects.get(pk=case))
    assert [(one.agent.name, one.fit.misses) for one in found] == [
        ("Sam Okafor", ()),
        ("Priya Nair", ()),
        ("Ana Duarte", (Miss.LANGUAGE,)),
        ("Eva Lind", (Miss.AWAY,)),
    ]
    assert [one.fit.load for one in found] == [0, 10, 0, 0]


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_are_given_different_cases(live_cast: Cast) -> None:
    cases = {due(waiting(live_cast, name), minutes) for minutes, name in enumerate("abcd", start=10)}
    agents = [live_cast.mediator, live_cast.agent, live_cast.senior, *(person(f"Agent {n}", "agent") for n in "12")]
    results = at_once(*(partial(take_next, user=agent, command_id=uuid4()) for agent in agents))
    taken = [one.pk for one in results if isinstance(one, Dispute)]
    assert len(taken) == len(set(taken)) == len(cases), results
    assert set(taken) == cases
    assert [type(one) for one in results if not isinstance(one, Dispute)] == [NothingForYou]
    owners = QueueRow.objects.filter(pk__in=cases).values_list("mediator", flat=True)
    assert len(set(owners)) == len(cases)


@pytest.mark.django_db
def test_a_case_is_offered_before_it_is_taken(cast: Cast) -> None:
    """The page says why it is this one; taking it twice is taking it once."""
    case = waiting(cast)
    page = Client()
    page.force_login(cast.agent)
    answer = page.get("/desk/next/?queue=open")
    assert answer.url == f"/desk/?queue=open&case={case}&offer=1"
    shown = page.get(answer.url).content.decode()
    assert "Of what waits and suits you, it is due next." in shown
    assert "Who asked speaks English." in shown
    assert Dispute.objects.get(pk=case).mediator is None
    said = {"case": str(case), "command_id": str(uuid4())}
    for _ in range(2):
        assert page.post("/desk/next/", said).url == f"/rooms/{Dispute.objects.get(pk=case).room_id}/"
    assert "Offered to you" not in page.get(answer.url).content.decode()
    assert "Nobody waits" in page.get("/desk/next/", follow=True).content.decode()
    page.force_login(cast.senior)
    late = page.post("/desk/next/", {"case": str(case), "command_id": str(uuid4())}, follow=True)
    assert "took this case before you" in late.content.decode()
    page.force_login(cast.supervisor)
    assert page.get("/desk/next/").status_code == 403
    page.force_login(cast.client)
    assert page.get("/desk/next/").status_code == page.post("/desk/next/", said).status_code == 404


def test_not_now_is_kept_with_its_reason_and_the_next_one_is_offered(cast: Cast) -> None:
    first, second = waiting(cast, "first"), waiting(cast, "second")
    now = clock.now()
    for minutes, case in enumerate((first, second), 1):
        QueueRow.objects.filter(pk=case).update(order_at=now + timedelta(minutes=minutes))
    page = Client()
    page.force_login(cast.agent)
    said = {"case": str(first), "command_id": str(uuid4()), "act": "decline", "reason": "skill", "words": "Ask Sam"}
    for _ in range(2):
        answer = page.post("/desk/next/", said)
        assert answer.url == f"/desk/?case={second}&offer=1"
    [kept] = Decline.objects.all()
    assert (kept.dispute_id, kept.agent, kept.reason, kept.words) == (first, cast.agent, "skill", "Ask Sam")
    shown = page.get(answer.url).content.decode()
    assert "1 case that is due before it is not for you: you said “not now” (1)." in html.unescape(shown)
    assert offers.offer(cast.senior).row.pk == first, "it is another's to take"
    Decline.objects.update(at=now - PASSED_FOR - timedelta(minutes=1))
    assert offers.offer(cast.agent).row.pk == first, "after a while it is offered again"
    for supervisor, reads in ((cast.supervisor, True), (cast.senior, False), (cast.agent, True)):
        page.force_login(supervisor)
        assert ("Ask Sam" in page.get(f"/desk/cases/{first}/").content.decode()) is reads


def test_not_now_needs_a_reason_of_who_takes_cases(cast: Cast) -> None:
    case = waiting(cast)
    for reason, words in (("", ""), ("nonsense", "x"), ("other", "  "), ("busy", "x" * 301)):
        with pytest.raises(NoReason):
            decline(user=cast.agent, dispute_id=case, reason=reason, words=words, press=uuid4())
    with pytest.raises(Forbidden):
        decline(user=cast.supervisor, dispute_id=case, reason="busy", words="", press=uuid4())
    for stranger in (cast.client, cast.freelancer, cast.outsider, cast.analyst):
        with pytest.raises(NotFound):
            decline(user=stranger, dispute_id=case, reason="busy", words="", press=uuid4())
    page = Client()
    page.force_login(cast.agent)
    said = {"case": str(case), "act": "decline", "reason": "other", "words": ""}
    assert "Another reason is said in words" in page.post("/desk/next/", said, follow=True).content.decode()
    assert not Decline.objects.exists()
