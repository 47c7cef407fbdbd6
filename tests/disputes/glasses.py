"""Looks into private talks for tests: asked for, opened, read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from mediation.conversations.actions import files
from mediation.disputes.actions import glass
from mediation.disputes.models import BreakGlass, CaseEntry
from mediation.disputes.queries import glass as queries
from mediation.disputes.rules.glass import Ground
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in

ASK = {"ground": Ground.CONDUCT, "reason": "She says that Ana threatened her."}


@pytest.fixture
def case(cast: Cast) -> Case:
    """Ana talks with Helen in private; Helen has sent a file there."""
    case = case_in(cast, State.MEDIATING)
    case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
    file = SimpleUploadedFile("plan.txt", b"the plan", content_type="text/plain")
    sent = files.upload(user=cast.client, thread_id=cast.id_of("caucus_client"), file=file)
    cast.say(cast.client, "Between us: I need the site by Friday.", audience="caucus_client", files=(sent.pk,))
    cast.say(cast.freelancer, "Between us: I am ill.", audience="caucus_freelancer")
    case.do(cast.mediator, "end_caucus")
    return case


def ask(case: Case, who: User, party: User | None = None, **said: object) -> BreakGlass:
    party_id = (party or case.cast.client).pk
    return glass.ask(user=who, dispute_id=case.id, party_id=party_id, **{**ASK, **said})  # type: ignore[arg-type]


def about(case: Case, asked: BreakGlass) -> dict[str, object]:
    return {"dispute_id": case.id, "glass_id": asked.pk}


def opened(case: Case, who: User, by: User) -> BreakGlass:
    asked = ask(case, who)
    glass.approve(user=by, **about(case, asked))  # type: ignore[arg-type]
    return glass.open_(user=who, **about(case, asked))  # type: ignore[arg-type]


def texts(case: Case, who: User, asked: BreakGlass, **which: object) -> list[str]:
    talk = queries.talk(user=who, **about(case, asked), **which)  # type: ignore[arg-type]
    return [one["text"] for one in talk.page.messages if one["kind"] == "text"]


def logged(case: Case) -> list[str]:
    entries = CaseEntry.objects.filter(dispute=case.id, audience="glass").order_by("number")
    return [one.removeprefix("dispute.") for one in entries.values_list("type", flat=True)]
