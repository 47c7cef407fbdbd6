"""What a case is about: suggested from what both sides read, said with one click, kept with who and when."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from mediation.core import clock
from mediation.desk.actions import reasons
from mediation.desk.errors import NoSuchReason
from mediation.desk.models import CaseReason, ReasonTag
from mediation.desk.queries.reasons import choices, lessons
from mediation.desk.rules.default_reasons import DEFAULT_REASONS, OF_PROBLEM
from mediation.disputes.forms.claim import PROBLEMS
from mediation.disputes.models import Dispute
from mediation.web import case_reasons
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414

pytestmark = pytest.mark.django_db
REPEATED = 2


@pytest.fixture
def case(mediation: Say, draft: Dispute) -> Dispute:
    call_command("add_reasons")
    draft.refresh_from_db()
    return draft


def address(case: Dispute) -> str:
    return f"/cases/{case.pk}/reason/"


def test_the_list_a_house_begins_with_is_whole() -> None:
    assert reasons.add_defaults() == len(DEFAULT_REASONS)
    ReasonTag.objects.filter(code="work-late").update(is_active=False, position=1)
    assert reasons.add_defaults() == 0
    assert not ReasonTag.objects.get(code="work-late").is_active
    codes = {one.code: one for one in choices("nl")}
    assert "work-late" not in codes
    assert "work" not in codes  # what has parts is not said itself
    assert (codes["work-scope"].group, codes["work-scope"].name) == ("Het werk", "Wat bij de klus hoorde")
    assert codes["other"].group == ""
    assert set(OF_PROBLEM) == {code for code, _word in PROBLEMS}
    assert set(OF_PROBLEM.values()) <= {one.code for one in DEFAULT_REASONS}
    assert all(set(one.names) == {"en", "es", "nl"} for one in DEFAULT_REASONS)


def test_there_are_two_levels() -> None:
    reasons.add_defaults()
    with pytest.raises(ValidationError):
        ReasonTag(code="deep", parent=ReasonTag.objects.get(code="work-late")).clean()
    work = ReasonTag.objects.get(code="work")
    work.parent = ReasonTag.objects.get(code="money")
    with pytest.raises(ValidationError):
        work.clean()
    ReasonTag(code="work-other", parent=ReasonTag.objects.get(code="work")).clean()


def test_one_reason_holds_and_the_others_stay_on_record(client: Client, cast: Cast, case: Dispute) -> None:
    client.force_login(cast.mediator)
    said = {"reason": "work-late", "suggested": "work-scope"}
    for _ in range(REPEATED):
        assert client.post(address(case), said).status_code == 302
    first = CaseReason.objects.get()
    assert (first.tag.code, first.said_by, first.ended_at) == ("work-late", cast.mediator, None)
    assert first.suggested is not None
    assert first.suggested.code == "work-scope"
    assert case.room.contract.title in first.question
    reasons.say_reason(user=cast.senior, dispute_id=case.pk, code="money-refund")
    kept = [(one.tag.code, one.ended_at is None) for one in CaseReason.objects.order_by("pk")]
    assert kept == [("work-late", False), ("money-refund", True)]
    page = client.get(f"/cases/{case.pk}/articles/").content.decode()
    assert "Money back" in page
    assert cast.senior.name in page
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseReason.objects.create(dispute=case, tag=first.tag, said_by=cast.senior, said_at=clock.now())


@pytest.mark.parametrize("code", ["", "work", "nonsense", "\x00", "x" * 500])
def test_what_is_not_in_the_list_is_refused(client: Client, cast: Cast, case: Dispute, code: str) -> None:
    with pytest.raises(NoSuchReason):
        reasons.say_reason(user=cast.mediator, dispute_id=case.pk, code=code)
    client.force_login(cast.mediator)
    assert client.post(address(case), {"reason": code, "suggested": code}).status_code == 302
    assert not CaseReason.objects.exists()


def test_an_odd_suggestion_is_none(client: Client, cast: Cast, case: Dispute) -> None:
    client.force_login(cast.mediator)
    for code, odd in (("work-late", "x" * 999), ("work-scope", "a\x00b")):
        assert client.post(address(case), {"reason": code, "suggested": odd}).status_code == 302
    assert set(CaseReason.objects.values_list("suggested", flat=True)) == {None}


def test_without_an_encoder_the_claim_itself_suggests(client: Client, cast: Cast, case: Dispute) -> None:
    expected = {"work-quality": "quality", "hours-disputed": "hours"}
    for code, problem in expected.items():
        case.problem = problem
        assert case_reasons.suggested(case, "", choices("en")) == [code]
    client.force_login(cast.mediator)
    page = client.get(f"/cases/{case.pk}/articles/").content.decode()
    assert 'name="reason" value="' in page
    assert "Nobody has said it yet." in page
    client.force_login(cast.qa)
    page = client.get(f"/cases/{case.pk}/articles/").content.decode()
    assert "Nobody has said it yet." in page
    assert 'name="reason"' not in page


def test_the_engine_suggests_by_meaning_and_learns(cast: Cast, case: Dispute, settings: Any) -> None:
    settings.HELP_ENCODER = "multilingual"
    asked = {
        "No he recibido nada, el trabajo no fue entregado": "work-missing",
        "De opdrachtgever geeft de mijlpaal niet vrij, ik ben nooit betaald": "money-unpaid",
        "She wants me to pay her directly by bank transfer": "safety-outside",
    }
    for question, code in asked.items():
        assert case_reasons.suggested(case, question, choices("en"))[0] == code
    odd = "The parrot repeats what the neighbours say about invoices"
    assert case_reasons.suggested(case, odd, choices("en"))[0] != "people-conduct"
    reasons.say_reason(user=cast.mediator, dispute_id=case.pk, code="people-conduct", question=odd)
    assert lessons() == [(odd, "people-conduct")]
    assert case_reasons.suggested(case, odd, choices("en"))[0] == "people-conduct"


def test_leads_keep_the_list(client: Client, cast: Cast, case: Dispute) -> None:
    reasons.say_reason(user=cast.mediator, dispute_id=case.pk, code="work-late")
    client.force_login(cast.admin)
    assert "Deadline missed" in client.get("/admin/desk/reasontag/").content.decode()
    tag = ReasonTag.objects.get(code="work-late")
    assert client.get(f"/admin/desk/reasontag/{tag.pk}/change/").status_code == 200
    assert cast.mediator.name in client.get("/admin/desk/casereason/").content.decode()
    client.post(f"/admin/desk/reasontag/{tag.pk}/delete/", {"post": "yes"})
    assert ReasonTag.objects.filter(code="work-late").exists()
    for who in (cast.agent, cast.client):
        client.force_login(who)
        assert client.get("/admin/desk/reasontag/").status_code in (302, 403)
