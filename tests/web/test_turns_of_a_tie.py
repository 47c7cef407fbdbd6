"""An agent who is tied to one of the two says so, and the case says wherever it says a turn that both are asked."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from mediation.conversations.actions import reading
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in
from tests.web.test_case_pages import do, page, post, text_of
from tests.web.test_turns_of_a_mediation import bar, group, panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    """It waits for a mediator, and Priya is of Helen's company."""
    found = case_in(cast, State.ESCALATED)
    User.objects.update(language="en")
    User.objects.filter(pk__in=[cast.client.pk, cast.agent.pk]).update(company="Harbor & Pine")
    for who in (cast.client, cast.freelancer, cast.mediator, cast.agent, cast.supervisor):
        who.refresh_from_db()
    return found


def brief(client: Client, who: User, case: Case) -> str:
    return text_of(page(client, who, reverse("web:case_brief", args=[case.row.pk])))


def room_of(client: Client, who: User, case: Case) -> str:
    return text_of(page(client, who, reverse("web:room", args=[case.cast.room.pk])))


def test_a_tie_is_answered_from_the_bar_and_then_waits_for_the_other(client: Client, cast: Cast, case: Case) -> None:
    case.do(cast.agent, "disclose_conflict")
    link = do(case.row, "answer_disclosure")
    for who in (cast.client, cast.freelancer):
        found = bar(client, who, case)
        assert "You say whether Priya Nair may take the case" in found
        assert found.count(f'href="{link}"') == 1
        assert 'data-kind="main"' in found
        assert "One no is enough" in found
        assert "Priya Nair is tied to one of the two sides and says how: “We work for the same company.”" in room_of(
            client, who, case
        )
        assert group(who) == ("needs_you", "Your turn")
        beside = panel(client, who, case)
        assert "Priya Nair is tied to one of the two sides" in beside
        assert "We work for the same company." in beside
    assert "Priya Nair: “We work for the same company.”" in text_of(page(client, cast.client, link))
    assert post(client, cast.client, link, is_yes="yes") == 302
    assert "Mateo says whether Priya Nair may take the case" in bar(client, cast.client, case)
    assert link not in bar(client, cast.client, case)
    assert "You have said yes. It waits for Mateo." in panel(client, cast.client, case)
    assert group(cast.client)[0] == "open"
    assert group(cast.freelancer)[0] == "needs_you"
    for who in (cast.client, cast.freelancer, cast.agent):
        said = brief(client, who, case)
        assert "Mateo says whether Priya Nair may take the case" in said
        assert "Mateo has to answer Say whether this agent may take the case" in said


def test_no_time_runs_for_it_and_another_can_come(client: Client, cast: Cast, case: Case) -> None:
    case.do(cast.agent, "disclose_conflict")
    for who in (cast.client, cast.supervisor):
        said = text_of(bar(client, who, case)) if who == cast.client else panel_of_staff(client, who, case)
        assert "No time is running" in said
        assert "As soon as one is free" not in said
        assert "No hour is promised" not in said
        assert "A mediator without a tie can come meanwhile" in said
    assert "Both sides say whether Priya Nair may take the case" in panel_of_staff(client, cast.supervisor, case)
    assert post(client, cast.freelancer, do(case.row, "answer_disclosure"), is_yes="no") == 302
    said = text_of(bar(client, cast.client, case))
    assert "The next free mediator takes the case" in said
    assert "No hour is promised for that" in said


def panel_of_staff(client: Client, who: User, case: Case) -> str:
    """The case alone, as staff read it who are not in its room."""
    return text_of(page(client, who, reverse("web:case", args=[case.row.pk])))


def test_who_was_away_reads_who_is_tied_and_how(client: Client, cast: Cast, case: Case) -> None:
    thread = cast.joint
    thread.refresh_from_db()
    reading.mark_read(user=cast.client, thread_id=thread.pk, seq=thread.head_seq)
    case.do(cast.agent, "disclose_conflict")
    html = text_of(page(client, cast.client, reverse("web:case_brief", args=[case.row.pk])))
    news = html.split("Since you were away")[1]
    assert "Priya Nair is tied to one of the two sides and says how: “We work for the same company.”" in news


def test_one_no_is_told_to_the_other(client: Client, cast: Cast, case: Case) -> None:
    case.do(cast.agent, "disclose_conflict")
    case.do(cast.freelancer, "answer_disclosure", is_yes=False)
    line = "Mateo would rather have another agent. Somebody else takes the case."
    assert line in text_of(page(client, cast.client, reverse("web:room", args=[cast.room.pk])))
