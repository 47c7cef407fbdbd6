"""What the case's parts say of offers and turns: who has read an offer, whose turn it is, what the field for everyone
adds to the case, whose a deadline is.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from mediation.conversations.actions.reading import mark_read
from mediation.conversations.models import Message
from mediation.core import clock
from mediation.core.clock import iso
from mediation.disputes.models import Dispute
from mediation.disputes.queries.case import case_view
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414
from tests.disputes.stories import AMOUNT, hear_both, offer, recommend
from tests.web.test_case_cards import in_timeline, room_of
from tests.web.test_case_cards import talks as talks  # noqa: PLC0414

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(cast: Cast) -> None:
    User.objects.update(language="en")


def fragment(client: Client, cast: Cast, who: str) -> str:
    client.force_login(getattr(cast, who))
    address = reverse("web:room_case", args=[cast.room.pk])
    return client.get(address, headers={"X-Part": "case"}).content.decode()


def test_who_made_an_offer_is_told_who_has_read_it_and_nobody_else_is(
    client: Client, cast: Cast, talks: Say, draft: Dispute
) -> None:
    key = f"offer-{offer(cast, talks, draft)['offer_id']}"
    line = Message.objects.get(thread=cast.joint, code="dispute.make_offer")
    mark_read(user=cast.client, thread_id=cast.joint.pk, seq=line.seq - 1)
    assert "Seen by" not in in_timeline(room_of(client, cast, "freelancer"), key)
    mark_read(user=cast.client, thread_id=cast.joint.pk, seq=line.seq)
    assert "Seen by Helen" in in_timeline(room_of(client, cast, "freelancer"), key)
    assert "Seen by" not in in_timeline(room_of(client, cast, "client"), key)


def test_a_claim_is_a_card_with_its_answers_for_the_other_side_alone(
    client: Client, cast: Cast, say: Say, draft: Dispute
) -> None:
    key = f"claim-{draft.pk}"
    assert key not in fragment(client, cast, "client"), "a draft is nobody's card"
    say(cast.client, "file")
    hers, his = (in_timeline(room_of(client, cast, who), key) for who in ("client", "freelancer"))
    assert "do/accept_full/" in his
    assert "Yours to answer" in his
    assert "do/accept_full/" not in hers
    assert "Mateo answers" in hers


def test_an_offer_that_was_answered_is_one_line_that_opens(
    client: Client, cast: Cast, talks: Say, draft: Dispute
) -> None:
    named = offer(cast, talks, draft)
    key = f"offer-{named['offer_id']}"
    assert "<details" not in in_timeline(room_of(client, cast), key).partition("</section>")[0]
    talks(cast.client, "decline_offer", offer_id=named["offer_id"])
    assert f'<details data-keep="{key}">' in in_timeline(room_of(client, cast), key)


def standing(draft: Dispute, person: User) -> dict[str, Any]:
    found: dict[str, Any] = case_view(Dispute.objects.get(pk=draft.pk), person)["standing"]
    return found


def test_in_a_mediation_an_open_offer_is_the_turn_of_who_answers_it(
    client: Client, cast: Cast, draft: Dispute, mediation: Say
) -> None:
    assert standing(draft, cast.client)["ball"] == "upwork"
    until = clock.now() + timedelta(days=3)
    mediation(cast.freelancer, "make_offer", refund_minor=0, release_minor=AMOUNT, expires_at=until)
    hers, his = (standing(draft, one) for one in (cast.client, cast.freelancer))
    assert (hers["ball"], hers["kind"], hers["otherwise"]) == ("filer", "offer", "offer_expires")
    assert (hers["mine"], his["mine"]) == (True, False)
    assert "You answer the offer of Mateo" in fragment(client, cast, "client")
    assert "Helen answers the open offer" in fragment(client, cast, "freelancer")
    soon = clock.now() + timedelta(days=1)
    mediation(cast.mediator, "make_request", asked_of=cast.freelancer.pk, kind="document", text="A video", due_at=soon)
    hers, his = (standing(draft, one) for one in (cast.client, cast.freelancer))
    assert (hers["ball"], hers["mine"], his["mine"]) == ("both", True, True)
    assert (hers["kind"], his["kind"]) == ("offer", "request"), "what is asked of oneself comes first"


def test_of_two_open_offers_each_side_reads_its_own_time_and_the_first_to_lapse_is_named(
    client: Client, cast: Cast, draft: Dispute, mediation: Say
) -> None:
    now = clock.now()
    first, second = now + timedelta(days=2), now + timedelta(days=4)
    with clock.at(now):
        mediation(cast.client, "make_offer", refund_minor=AMOUNT, release_minor=0, expires_at=first)
    with clock.at(now + timedelta(hours=1)):
        mediation(cast.freelancer, "make_offer", refund_minor=0, release_minor=AMOUNT, expires_at=second)
    hers, his, anas = (standing(draft, one)["due_at"] for one in (cast.client, cast.freelancer, cast.mediator))
    assert (hers, his, anas) == (iso(second), iso(first), iso(first))
    running = fragment(client, cast, "client")
    assert "<span>Answer offer 1</span>" in running
    assert "<span>Answer offer 2</span>" not in running


def test_the_field_for_everyone_adds_an_offer_and_evidence_for_who_may(
    client: Client, cast: Cast, talks: Say, draft: Dispute
) -> None:
    tools = {who: re.findall(r"do/(\w+)/", _tools(fragment(client, cast, who))) for who in ("client", "freelancer")}
    assert tools == {who: ["make_offer", "submit_evidence"] for who in tools}
    assert re.findall(r"do/(\w+)/", _tools(room_of(client, cast))) == tools["client"]
    talks(cast.client, "withdraw")
    assert re.findall(r"do/(\w+)/", _tools(fragment(client, cast, "client"))) == []


def _tools(html: str) -> str:
    """Marked as such, so that fields for some only can hide it."""
    return html.partition('<span class="case-tools" data-part="case-tools">')[2].partition("</span>")[0]


def test_a_deadline_says_whose_it_is_by_name_or_you(client: Client, cast: Cast, talks: Say, draft: Dispute) -> None:
    offer(cast, talks, draft)
    for who, name in (("client", "you"), ("freelancer", "Helen")):
        line = fragment(client, cast, who).partition("<span>Answer offer 1</span>")[2].partition("</li>")[0]
        assert f"<small>{name}</small>" in line


def test_the_case_has_its_number_beside_the_heading_and_a_draft_has_none(
    client: Client, cast: Cast, say: Say, draft: Dispute
) -> None:
    assert "No. " not in fragment(client, cast, "client").partition('id="panel-title"')[2].partition("</div>")[0]
    say(cast.client, "file")
    draft.refresh_from_db()
    heading = fragment(client, cast, "freelancer").partition('id="panel-title"')[2].partition("</div>")[0]
    assert f"No. {draft.number}" in heading


def test_the_mediator_is_told_that_she_guides_the_talk_and_the_parties_who_does(
    client: Client, cast: Cast, mediation: Say
) -> None:
    assert "You guide the talk" in fragment(client, cast, "mediator")
    assert "Ana guides the talk" in fragment(client, cast, "client")


def test_a_sealed_answer_can_be_changed_from_the_bar_and_both_is_said_to_the_two_of_them_alone(
    client: Client, cast: Cast, draft: Dispute, mediation: Say
) -> None:
    hear_both(cast, mediation, cast.freelancer)
    mediation(cast.mediator, "end_caucus")
    recommend(cast, mediation, draft)
    assert "Change my answer" not in _bar(fragment(client, cast, "client"))
    mediation(cast.client, "answer", is_yes=True)
    assert "Change my answer" in _bar(fragment(client, cast, "client"))
    assert "Change my answer" not in _bar(fragment(client, cast, "freelancer"))
    mediation(cast.freelancer, "answer", is_yes=True)
    assert "You both agree." in fragment(client, cast, "client")
    hers = fragment(client, cast, "mediator")
    assert "Both agree." in hers
    assert "You both agree." not in hers


def _bar(html: str) -> str:
    return html.partition('data-part="case-bar"')[2].partition('data-part="case-panel"')[0]
