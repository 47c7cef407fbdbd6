"""The mediator's columns beside the room: whole for who mediates, without what is private for other staff, and on no
page of a party."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from mediation.conversations.actions import reading, rooms
from mediation.core import clock
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from mediation.disputes.errors import FindingsDoNotAddUp
from mediation.disputes.models import Dispute
from mediation.disputes.rules.states import Phase, State
from mediation.web.case_words import DEADLINES
from tests.cast import Cast, make_contract
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414
from tests.disputes.stories import AMOUNT, offer
from tests.disputes.ways import case_in
from tests.web.test_case_pages import page, text_of

pytestmark = pytest.mark.django_db


def panel(client: Client, who: object, cast: Cast) -> str:
    """The case as the room's script fetches it."""
    client.force_login(who)  # type: ignore[arg-type]
    return client.get(reverse("web:room_case", args=[cast.room.pk]), headers={"X-Part": "case"}).content.decode()


def sides_of(html: str) -> list[str]:
    return [text_of(one) for one in re.findall(r'<article class="side".*?</article>', html, re.DOTALL)]


def test_both_sides_stand_beside_each_other_client_first(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    offer(cast, mediation, draft)
    cast.say(cast.client, "Are you there?")
    helen, mateo = sides_of(panel(client, cast.mediator, cast))
    assert "Helen Marsh Client" in helen
    assert "Waits for you since" in helen
    assert "1 of 1" in helen
    assert "Mateo Giraldo Freelancer" in mateo
    assert "Waits for you answered" in mateo
    assert "Offer 1 $300.00 back" in mateo


def test_the_mediator_finds_the_brief_open_until_they_have_read_the_talk(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    offer(cast, mediation, draft)
    cast.say(cast.client, "For you alone.", audience="caucus_client")
    client.force_login(cast.mediator)
    brief = re.compile(r'<details data-keep="brief"( open)?>(.*?)</details>', re.DOTALL)

    def found() -> tuple[bool, str]:
        is_open, html = brief.findall(client.get(reverse("web:room", args=[cast.room.pk])).content.decode())[0]
        return bool(is_open), text_of(html)

    is_open, said = found()
    assert is_open
    offered = "Last offer, Mateo Giraldo $300.00 back"
    for words in ("Amount in dispute $2,200.00", "Points 0 of 1 agreed", offered, "How it went"):
        assert words in said, words
    assert "For you alone" not in said
    reading.mark_read(user=cast.mediator, thread_id=cast.joint.pk, seq=cast.joint.head_seq)
    assert not found()[0]
    for who in (cast.client, cast.freelancer, cast.agent):
        assert 'data-keep="brief"' not in panel(client, who, cast)


def test_the_checklist_leads_to_the_next_phase_or_says_why_not(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    for phase in (Phase.ISSUES, Phase.EXPLORING):
        assert "Next phase" in text_of(panel(client, cast.mediator, cast)), phase
        mediation(cast.mediator, "advance_phase")
    mediation(cast.mediator, "add_issue", title="The date")
    html = panel(client, cast.mediator, cast)
    assert "1 of 2 · needed" in text_of(html)
    assert "advance_phase" not in html
    assert "Back one phase" in text_of(html)
    assert 'aria-current="step">Exploring' in html


def test_a_line_that_is_not_done_leads_to_what_does_it(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    draft.refresh_from_db()
    Dispute.objects.filter(pk=draft.pk).update(phase=Phase.DRAFTING.value)
    html = panel(client, cast.mediator, cast)
    checks = html[html.index('class="checks"') :]
    assert reverse("web:case_do", args=[draft.pk, "close_evidence"]) in checks[: checks.index("</ul>")]


def test_private_talks_begin_and_end_at_their_side(client: Client, cast: Cast, mediation: Say, draft: Dispute) -> None:
    ends = reverse("web:case_do", args=[draft.pk, "end_caucus"])
    assert all("Begin a private talk" in side for side in sides_of(panel(client, cast.mediator, cast)))
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    html = panel(client, cast.mediator, cast)
    helen, mateo = sides_of(html)
    assert "Private talks offered" in helen
    assert "Private talks running" in mateo
    assert "Begin a private talk" not in helen + mateo
    assert html.count(f"{ends}?party={cast.freelancer.pk}") == 1
    mediation(cast.mediator, "end_caucus")
    mediation(cast.client, "decline_caucus")
    helen, mateo = sides_of(panel(client, cast.mediator, cast))
    assert "Private talks declined" in helen
    assert "Private talks 1 · 0 min" in mateo


def test_what_tips_to_one_side_is_said_in_words(client: Client, cast: Cast, mediation: Say, draft: Dispute) -> None:
    assert "Within range" in text_of(panel(client, cast.mediator, cast))
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    cast.say(cast.mediator, "word " * 150, audience="caucus_client")
    html = panel(client, cast.mediator, cast)
    assert "Words from you to each · tips to one side" in text_of(html)
    assert 'aria-label="Words from you to each: Helen 150, Mateo 0"' in html


def test_other_staff_see_both_sides_and_nothing_of_private_talks(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    before = panel(client, cast.agent, cast)
    cast.say(cast.client, "Only for Ana.", audience="caucus_client")
    cast.say(cast.mediator, "word " * 150, audience="caucus_client")
    for who in (cast.agent, cast.senior, cast.qa):
        html = panel(client, who, cast)
        assert len(sides_of(html)) == 2
        assert "Even-handed" not in html
        assert "Waits for you" not in html
        assert "Begin a private talk" not in html
    assert text_of(panel(client, cast.agent, cast)) == text_of(before)


def test_a_party_sees_none_of_it(client: Client, cast: Cast, mediation: Say, draft: Dispute) -> None:
    for who in (cast.client, cast.freelancer):
        html = page(client, who, reverse("web:room", args=[cast.room.pk]))
        assert not re.search(r'class="(side|checks|balance|phases)"|mediating\.css', html)


def test_one_goes_from_case_to_case(client: Client, cast: Cast, mediation: Say, draft: Dispute) -> None:
    room = reverse("web:room", args=[cast.room.pk])
    assert "next-case" not in page(client, cast.mediator, room)
    second = rooms.open_room(contract=make_contract(cast.outsider, cast.outside_freelancer, title="Logo"))
    case = claims.ask_without_claim(user=cast.outsider, room_id=second.pk).dispute_id
    transition(actor=cast.mediator, dispute_id=case, command="claim", payload={})
    html = page(client, cast.mediator, room)
    assert "1 of 2" in text_of(html)
    assert re.search(rf'href="{reverse("web:room", args=[second.pk])}" data-part="next-case"', html)
    assert "next-case" not in page(client, cast.agent, room)


def test_the_columns_cost_few_queries(
    client: Client, cast: Cast, mediation: Say, draft: Dispute, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    offer(cast, mediation, draft)
    client.force_login(cast.mediator)
    address = reverse("web:room_case", args=[cast.room.pk])
    with django_assert_max_num_queries(55):  # four are the brief, one names who came, one what was asked before
        assert client.get(address, headers={"X-Part": "case"}).status_code == 200


def test_a_draft_says_everything_that_it_lacks_before_it_can_be_sent(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    User.objects.update(language="en")
    send = f'href="{reverse("web:case_do", args=[draft.pk, "issue_recommendation"])}"'
    item = mediation(cast.client, "submit_evidence", kind="term", title="The contract", excerpt="Two rounds.")
    point = draft.issues.get()
    finding = {"issue_id": point.pk, "text": "So.", "refund_minor": 20_000, "evidence": []}
    sums = {"summary": "Share it.", "refund_minor": 30_000, "release_minor": AMOUNT - 30_000}
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    mediation(cast.mediator, "draft_recommendation", findings=[finding], **sums)
    html = panel(client, cast.mediator, cast)
    for reason in (
        "A private talk is going on. End it first.",
        "Mateo was offered a private talk too.",
        "Close the evidence first",
        f"(1. {point.title})",
        "The findings give back $200.00 together, the recommendation $300.00.",
    ):
        assert reason in html
    assert send not in html
    mediation(cast.mediator, "end_caucus")
    assert "A private talk is going on" not in panel(client, cast.mediator, cast)
    mediation(cast.freelancer, "decline_caucus")
    mediation(cast.mediator, "close_evidence")
    finding |= {"evidence": [UUID(item.data["evidence_id"])]}
    mediation(cast.mediator, "draft_recommendation", findings=[finding], **sums)
    html = panel(client, cast.mediator, cast)
    assert html.count("<li>The findings give back") == 1
    with pytest.raises(FindingsDoNotAddUp):
        mediation(cast.mediator, "issue_recommendation")
    mediation(cast.mediator, "draft_recommendation", findings=[finding | {"refund_minor": 30_000}], **sums)
    html = panel(client, cast.mediator, cast)
    assert "Before it can be sent" not in html
    assert send in html
    assert "Before it can be sent" not in panel(client, cast.client, cast)
    sending = text_of(page(client, cast.mediator, reverse("web:case_do", args=[draft.pk, "issue_recommendation"])))
    for said in ("Share it.", "So.", "$300.00", "Both sides read this at the same moment"):
        assert said in sending, "what is sent stands above the button that sends it"


def test_a_point_that_nobody_marked_is_not_open_once_the_case_is_closed(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.row.issues.create(position=9, title="Checkout on phones", created_at=clock.now())
    assert "0 of" in text_of(panel(client, cast.client, cast))
    Dispute.objects.filter(pk=case.row.pk).update(state="closed")
    said = text_of(panel(client, cast.client, cast))
    assert "Checkout on phones" in said
    assert "Checkout on phones Open" not in said
    assert "0 of" not in said


@pytest.mark.parametrize(
    ("language", "word", "talks"), [("es", "Responder", "Mediación"), ("nl", "Beantwoorden", "Bemiddeling")]
)
def test_what_one_does_is_said_as_doing_and_the_mediation_in_the_house_word(
    language: str, word: str, talks: str
) -> None:
    with translation.override(language):
        assert translation.pgettext("button", "Answer") == word
        assert str(DEADLINES["mediation"]) == talks
