"""What waits for a decision is told where seniors and supervisors look: their queue, and the page of what waits."""

import pytest
from django.test import Client

from mediation.disputes.rules.states import State
from mediation.events.dispatch import dispatch
from tests.cast import Cast
from tests.disputes.ways import case_in
from tests.web.test_case_pages import page

pytestmark = pytest.mark.django_db


def hear() -> None:
    while dispatch():
        pass


def test_a_supervisor_reads_that_a_review_was_asked_for_and_a_senior_does_not(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.CLOSED)
    case.do(cast.client, "ask_review", reason="Nobody read my files.")
    hear()
    assert "A review was asked for" in page(client, cast.supervisor, "/desk/?queue=decide")
    assert "Decide how the case was led" in page(client, cast.supervisor, "/waiting/")
    assert f"/cases/{case.row.pk}/" in page(client, cast.supervisor, "/waiting/")
    assert "A review was asked for" not in page(client, cast.senior, "/desk/?queue=decide")
    assert "Decide how the case was led" not in page(client, cast.senior, "/waiting/")


def test_a_senior_reads_of_an_objection_and_an_agent_does_not(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.client, "object_to_mediator", reason="They know each other.")
    hear()
    assert "Decide the objection to the mediator" in page(client, cast.senior, "/waiting/")
    assert "They know each other." not in page(client, cast.senior, "/waiting/")
    assert "Decide the objection" not in page(client, cast.agent, "/waiting/")
