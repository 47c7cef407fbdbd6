"""What a party asked before a case reaches who works on it at Upwork, and never the other side."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import User
from mediation.conversations.actions import rooms
from mediation.core import clock
from mediation.desk.rules.default_macros import DEFAULT_MACROS
from mediation.disputes.models import Dispute
from mediation.disputes.rules.states import State
from mediation.help_center.actions import asking, handing
from mediation.help_center.models import HelpSession
from mediation.help_center.queries.handed import before_case
from tests.cast import Cast, make_contract
from tests.disputes.ways import case_in

pytestmark = pytest.mark.django_db
FILING = HelpSession.Place.FILING.value


def ask(user: User, words: str, **where: object) -> HelpSession:
    return asking.ask(reader=user, language="en", question=words, session_id=None, **where).session


def questions(dispute_id: UUID) -> set[str]:
    found = before_case(Dispute.objects.get(pk=dispute_id))
    return {ask.question for one in found for ask in one.asks}


def test_what_belongs_to_a_case(cast: Cast) -> None:
    elsewhere = rooms.open_room(contract=make_contract(cast.client, cast.outside_freelancer, "Something else"))
    with clock.at(clock.now() - timedelta(hours=80)):
        ask(cast.client, "too long ago")
    ask(cast.client, "in the help centre")
    ask(cast.client, "about another contract", room_id=elsewhere.pk, place=FILING)
    ask(cast.client, "before the claim", room_id=cast.room.pk, place=FILING)
    ask(cast.freelancer, "the other side, in general")
    ask(cast.freelancer, "the other side, in the room", room_id=cast.room.pk, place=FILING)
    ask(cast.outsider, "somebody else")
    handed = ask(cast.freelancer, "the other side, handed over")
    handing.hand_over(user=cast.freelancer, session_id=handed.pk, room_id=cast.room.pk)
    case = case_in(cast, State.MEDIATING)
    with clock.at(clock.now() + timedelta(minutes=1)):
        ask(cast.client, "in general, after the case began")
    assert questions(case.id) == {
        "in the help centre", "before the claim", "the other side, in the room", "the other side, handed over",
    }  # fmt: skip


def everything(client: Client, cast: Cast, case: UUID) -> Iterator[tuple[str, str]]:
    room = f"/rooms/{cast.room.pk}/"
    pages = [
        room, f"{room}case/", f"{room}claim/", f"/cases/{case}/", f"/cases/{case}/brief/", f"/cases/{case}/file/",
        f"/cases/{case}/file.json", f"/cases/{case}/as/client/", f"/cases/{case}/as/freelancer/", f"/help{room}",
        "/rooms/", "/waiting/", f"/desk/cases/{case}/", "/help/assistant/", "/help/ask/", f"/api/disputes/{case}/",
        f"/api{room}", f"/api{room}events/", f"/api{room}disputes/",
    ]  # fmt: skip
    for url in pages:
        answer = client.get(url)
        yield url, (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.mark.parametrize("name", ["client", "freelancer", "mediator", "agent", "senior", "supervisor", "outsider"])
def test_only_staff_read_what_a_party_asked(cast: Cast, client: Client, name: str) -> None:
    words = {side: f"canary{uuid4().hex}" for side in ("client", "freelancer")}
    for side, word in words.items():
        session = ask(getattr(cast, side), f"is {word} allowed?")
        handing.hand_over(user=getattr(cast, side), session_id=session.pk, room_id=cast.room.pk)
    case = case_in(cast, State.MEDIATING)
    client.force_login(getattr(cast, name))
    seen = {
        (url, side) for url, said in everything(client, cast, case.id) for side, word in words.items() if word in said
    }
    own = {(f"/help/rooms/{cast.room.pk}/", name)}
    if name in words:
        assert seen == own
    elif name == "outsider":
        assert seen == set()
    else:
        assert {side for _, side in seen} == set(words)
        assert not any("/as/" in url or "/file" in url or "/brief/" in url for url, _ in seen)


# What the brief holds already, as a question or a request for it would name it.
IN_THE_BRIEF = {
    "en": ("contract", "milestone", "amount", "how much", "what happened", "describe", "your name", "what do you want"),
    "es": ("contrato", "hito", "importe", "cuánto es", "qué pasó", "describ", "su nombre", "qué quiere"),
    "nl": ("contract", "mijlpaal", "bedrag", "hoeveel", "wat er is gebeurd", "beschrijf", "uw naam", "wat wilt u"),
}


@pytest.mark.parametrize("language", IN_THE_BRIEF)
def test_no_macro_to_a_party_asks_for_what_is_in_the_brief(language: str) -> None:
    for macro in DEFAULT_MACROS:
        if "internal" in [one.value for one in macro.places]:
            continue
        asking = [one for one in macro.texts[language].body.lower().replace("?", "?.").split(".") if "?" in one]
        assert not [word for word in IN_THE_BRIEF[language] for one in asking if word in one], macro.key
