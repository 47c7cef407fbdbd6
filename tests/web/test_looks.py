"""The pages on which a private talk is asked for, agreed to and read."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.models import User
from mediation.conversations.actions import files
from mediation.conversations.queries import history
from mediation.core import clock
from mediation.disputes.actions import glass, telling
from mediation.disputes.models import BreakGlass
from mediation.disputes.rules.glass import Ground
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.stories import later
from tests.disputes.ways import case_in
from tests.web.test_case_pages import text_of as text_in

SECRET = "Between us: I need the site by Friday."


@pytest.fixture
def case(cast: Cast) -> Case:
    case = case_in(cast, State.MEDIATING)
    file = SimpleUploadedFile("plan.txt", b"the plan", content_type="text/plain")
    sent = files.upload(user=cast.client, thread_id=cast.id_of("caucus_client"), file=file)
    cast.say(cast.client, SECRET, audience="caucus_client", files=(sent.pk,))
    return case


def text_of(answer: Any) -> str:
    return text_in(answer.content.decode())


def browser(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def page_of(case: Case) -> str:
    return f"/cases/{case.id}/looks/"


def asking(case: Case, **said: Any) -> dict[str, Any]:
    return {
        "command_id": uuid4(), "party": case.cast.client.pk, "ground": "conduct", "reason": "She complains of Ana.",
    } | said  # fmt: skip


def opened(case: Case) -> BreakGlass:
    about: dict[str, Any] = {"user": case.cast.supervisor, "dispute_id": case.id}
    asked = glass.ask(party_id=case.cast.client.pk, ground=Ground.CONDUCT, reason="She complains.", **about)
    glass.approve(user=case.cast.senior, dispute_id=case.id, glass_id=asked.pk)
    return glass.open_(glass_id=asked.pk, **about)


def test_from_the_ask_to_the_end(cast: Cast, case: Case) -> None:
    sue, sam = browser(cast.supervisor), browser(cast.senior)
    assert page_of(case) in sue.get(f"/cases/{case.id}/").content.decode()
    said = asking(case)
    for _ in range(2):  # the same page posted twice
        assert sue.post(page_of(case), said).status_code == 302
    look = BreakGlass.objects.get()
    act = f"{page_of(case)}{look.pk}/"
    waiting = text_of(sam.get("/looks/"))
    assert "She complains of Ana." in waiting
    assert SECRET not in waiting
    assert "Take it back" in text_of(sue.get(page_of(case)))
    sam.post(f"{act}approve/", {"command_id": uuid4(), "note": "Only today."})
    assert "Only today." in text_of(sue.get(page_of(case)))
    assert sue.post(f"{act}open/", {"command_id": uuid4()})["Location"] == act
    read = sue.get(act)
    assert SECRET in text_of(read)
    assert "no-store" in read["Cache-Control"]
    [file] = history.page_before(user=cast.client, thread_id=cast.id_of("caucus_client")).messages[-1]["files"]
    href = f"/api/disputes/{case.id}/looks/{look.pk}/files/{file['id']}/"
    assert href in read.content.decode()
    assert f"/api/files/{file['id']}/" not in read.content.decode()
    assert b"".join(sue.get(href).streaming_content) == b"the plan"
    sue.post(f"{act}end/", {"command_id": uuid4()})
    gone = sue.get(act, follow=True)
    assert SECRET not in text_of(gone)
    assert "The time to read this talk is over." in text_of(gone)
    assert sue.get(href).status_code == 403


def test_when_the_hour_is_over_page_file_and_api_are_shut(cast: Cast, case: Case) -> None:
    look, sue = opened(case), browser(cast.supervisor)
    api = f"/api/disputes/{case.id}/looks/{look.pk}/messages/"
    assert SECRET in sue.get(api).content.decode()
    assert look.ends_at is not None
    with clock.at(look.ends_at):
        assert sue.get(api).json()["code"] == "glass.over"
        assert SECRET not in text_of(sue.get(f"{page_of(case)}{look.pk}/", follow=True))
    with clock.at(look.ends_at - timedelta(seconds=1)):
        assert sue.get(api).status_code == 200


def test_what_is_not_right_is_said_and_kept(cast: Cast, case: Case) -> None:
    sue = browser(cast.supervisor)
    for wrong in ({"reason": ""}, {"ground": "curiosity"}, {"party": cast.mediator.pk}):
        answer = sue.post(page_of(case), asking(case, **wrong))
        assert answer.status_code == 400
        assert BreakGlass.objects.count() == 0
    sue.post(page_of(case), asking(case))
    again = sue.post(page_of(case), asking(case, reason="Once more."))
    assert (again.status_code, "Once more." in again.content.decode()) == (409, True)
    assert "You have asked for this talk already." in text_of(again)


def test_a_refusal_is_told_on_the_page_it_goes_on_to(cast: Cast, case: Case) -> None:
    sue = browser(cast.supervisor)
    sue.post(page_of(case), asking(case))
    look = f"{page_of(case)}{BreakGlass.objects.get().pk}/"
    said = sue.post(f"{look}approve/", {"command_id": uuid4()}, follow=True)
    assert "A second person decides." in text_of(said)
    assert "not open yet" in text_of(sue.get(look, follow=True))
    assert sue.post(f"{look}eat/", {"command_id": uuid4()}).status_code == 404
    assert sue.post(f"{look}open/", {"command_id": "x"}).status_code == 404
    assert sue.get(f"{look}?thread=x").status_code == 404


def test_earlier_messages_are_a_page_away(cast: Cast, case: Case) -> None:
    for number in range(60):
        cast.say(cast.client, f"Line {number}.", audience="caucus_client")
    look, sue = opened(case), browser(cast.supervisor)
    newest = sue.get(f"{page_of(case)}{look.pk}/")
    assert SECRET not in text_of(newest)
    before = newest.context["oldest"]
    assert SECRET in text_of(sue.get(f"{page_of(case)}{look.pk}/?before={before}"))


@pytest.mark.parametrize("name", ["client", "freelancer", "mediator", "agent", "analyst", "outsider"])
def test_nobody_else_finds_a_way_to_it(cast: Cast, case: Case, name: str) -> None:
    look, who = opened(case), browser(getattr(cast, name))
    for address in (page_of(case), f"{page_of(case)}{look.pk}/", "/looks/"):
        assert who.get(address).status_code == 404
    if name not in ("analyst", "outsider"):
        assert "looks/" not in who.get(f"/cases/{case.id}/").content.decode()
    assert "/looks/" not in who.get("/rooms/").content.decode()


def test_the_case_file_tells_who_may_know_and_the_party_afterwards(cast: Cast, case: Case) -> None:
    opened(case)
    file = f"/cases/{case.id}/file/"
    assert "She complains." in text_of(browser(cast.qa).get(file))
    for who in (cast.client, cast.freelancer, cast.mediator):
        document = browser(who).get(f"/cases/{case.id}/file.json").json()
        assert document["view"]["glass"] == []
        assert "Sue" not in str(document)
        assert "Looks into" not in text_of(browser(who).get(file))
    with later(hours=2):
        case.do(cast.client, "withdraw")
        telling.sweep()
        told = text_of(browser(cast.client).get(file))
        assert "Sue Park" in told
        assert "A complaint about the mediator" in told
        assert "She complains." not in told
        assert "Sue Park" not in text_of(browser(cast.freelancer).get(file))
        assert browser(cast.client).get(f"/cases/{case.id}/file.pdf").status_code == 200
        room = browser(cast.client).get(f"/rooms/{cast.room.pk}/?thread={cast.id_of('caucus_client')}")
        assert "Somebody at Upwork has read this private talk" in text_of(room)


@pytest.mark.parametrize(("language", "word"), [("es", "conversación privada"), ("nl", "privégesprek")])
def test_the_pages_speak_the_readers_language(cast: Cast, case: Case, language: str, word: str) -> None:
    User.objects.filter(pk=cast.supervisor.pk).update(language=language)
    look, sue = opened(case), browser(User.objects.get(pk=cast.supervisor.pk))
    for address in (page_of(case), f"{page_of(case)}{look.pk}/"):
        shown = text_of(sue.get(address)).lower()
        assert word in shown
        assert "private talk" not in shown
    translation.deactivate()


def test_the_admin_shows_that_it_was_and_never_why(cast: Cast, case: Case) -> None:
    look, admin = opened(case), browser(cast.admin)
    for address in ("", f"{look.pk}/change/"):
        shown = admin.get(f"/admin/disputes/breakglass/{address}").content.decode()
        assert "Sue Park" in shown
        assert "She complains." not in shown
    assert admin.post(f"/admin/disputes/breakglass/{look.pk}/delete/", {"post": "yes"}).status_code == 403
    User.objects.filter(pk=cast.mediator.pk).update(is_staff=True, is_superuser=True)
    cast.mediator.refresh_from_db()
    assert browser(cast.mediator).get("/admin/disputes/breakglass/").status_code == 403
