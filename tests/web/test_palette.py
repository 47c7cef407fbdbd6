"""What the palette finds, for whom, and what it never shows."""

import re

import pytest
from django.test import Client

from accounts.models import User
from mediation.desk.actions.taking import claim
from mediation.desk.actions.views import save_view
from mediation.desk.rules.views import Queue, View
from mediation.disputes.models import Dispute
from tests.cast import Cast
from tests.desk.test_taking import waiting

pytestmark = pytest.mark.django_db


def found(user: User, words: str = "", **said: object) -> list[tuple[str, str]]:
    """The word and the address of each option."""
    page = Client()
    page.force_login(user)
    answer = page.get("/desk/palette/", {"words": words, **said})
    assert answer.status_code == 200
    options = re.findall(r'data-href="([^"]*)"[^>]*><span class="grow">([^<]*)', answer.content.decode())
    return [(word, address.replace("&amp;", "&")) for address, word in options]


def test_without_words_it_offers_the_queues_and_what_can_be_done(cast: Cast) -> None:
    case = waiting(cast)
    words = [word for word, _ in found(cast.agent, case=case)]
    assert words[0] == "Take the case as mediator"
    assert {"Ask a colleague", "Go to the room", "Next for me", "Unclaimed", "Mine"} <= set(words)
    assert "Next for me" not in dict(found(cast.supervisor))
    assert "Give the case to an agent" in dict(found(cast.supervisor, case=case))


def test_words_find_pages_cases_rooms_and_kept_views(cast: Cast) -> None:
    case = waiting(cast, "about bicycles")
    room = Dispute.objects.get(pk=case).room_id
    assert found(cast.agent, "bicycl") == [("Job about bicycles", f"/rooms/{room}/")]
    claim(user=cast.agent, dispute_id=case)
    assert found(cast.agent, "bicycl") == [("Job about bicycles", f"/rooms/{room}/")], "once, as a room and as a case"
    assert ("Agenda", "/desk/agenda/") in found(cast.agent, "agen")
    save_view(user=cast.agent, name="Dutch ones", view=View(queue=Queue.OPEN, language="nl"))
    assert found(cast.agent, "dutch") == [("Dutch ones", "/desk/?queue=open&language=nl")]
    assert found(cast.agent, "nothing at all") == []


def test_acts_are_found_by_what_else_people_call_them(cast: Cast) -> None:
    case = waiting(cast)
    assert found(cast.agent, "snooze", case=case) == [], "it is nobody's yet"
    claim(user=cast.agent, dispute_id=case)
    assert found(cast.agent, "snooze", case=case) == [("Lay aside", f"/desk/several/?case={case}#snooze-until")]
    assert found(cast.agent, "hand over", case=case) == [("Give the case back", f"/cases/{case}/do/release/")]


def test_what_is_typed_is_an_act_before_it_is_a_case(cast: Cast) -> None:
    case = waiting(cast, "take two")
    words = [word for word, _ in found(cast.agent, "take", case=case)]
    assert words[:2] == ["Take the case as mediator", "Job take two"]


def test_nobody_finds_their_own_dispute_from_behind(cast: Cast) -> None:
    case = waiting(cast, "secret")
    party = Dispute.objects.get(pk=case).filer
    party.role = "agent"
    party.save(update_fields=["role"])
    assert all("desk" not in address or "case" not in address for _, address in found(party, "secret"))
    assert "Take the case as mediator" not in dict(found(party, case=case))
    assert found(cast.agent, "x" * 300) == []
    assert "Unclaimed" in dict(found(cast.agent, case="no case"))
    page = Client()
    for stranger in (cast.client, cast.outsider, cast.admin):
        page.force_login(stranger)
        assert page.get("/desk/palette/").status_code == 404
