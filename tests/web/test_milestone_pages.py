"""Milestones on the room's page: how they stand, the next date, and the plain forms of both sides."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mediation.conversations.models import Milestone
from mediation.core import clock, rates
from mediation.disputes.actions import claims, ledger
from mediation.disputes.rules.states import Track
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.web.test_case_pages import page, post, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def held(cast: Cast, milestone: Milestone) -> None:
    """In escrow, never asked back; everybody reads English."""
    Milestone.objects.update(refund_asked_at=None, refund_answered_at=None)
    ledger.fund(
        contract_id=cast.room.contract_id, account=f"escrow:{milestone.pk}", currency="USD", amount_minor=AMOUNT,
        key=f"fund:{milestone.pk}", at=clock.now(),
    )  # fmt: skip
    cast.freelancer.language = "en"
    cast.freelancer.save(update_fields=["language"])


def door(cast: Cast, act: str) -> str:
    return reverse("web:milestone", args=[cast.room.pk, 3, act])


def status() -> str:
    return Milestone.objects.get().status


def test_acts_have_the_rate_of_the_api_and_a_refusal_keeps_the_words(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert post(client, cast.freelancer, door(cast, "submit")) == 302
    monkeypatch.setattr(rates, "commands", rates.Rate(burst=2, per_minute=0.01))
    while rates.commands.take(cast.client.pk):
        pass
    client.force_login(cast.client)
    answer = client.post(door(cast, "return"), {"command_id": uuid4(), "note": "Test it on phones."})
    assert answer.status_code == 429
    assert "Test it on phones." in answer.content.decode()
    assert status() == "submitted"


def test_submitted_sent_back_and_approved_with_plain_forms(client: Client, cast: Cast) -> None:
    room = reverse("web:room", args=[cast.room.pk])
    assert "Submit for approval" in text_of(page(client, cast.freelancer, room))
    assert "Submit for approval" not in text_of(page(client, cast.client, room))
    form = page(client, cast.freelancer, door(cast, "submit"))
    command_id = re.search(r'name="command_id" value="([^"]+)"', form)
    assert command_id
    for _twice in range(2):
        assert post(client, cast.freelancer, door(cast, "submit"), command_id=command_id[1]) == 302
    shown = text_of(page(client, cast.client, room))
    assert "Submitted · paid by itself" in shown
    assert "Mateo submitted “Checkout and launch”" in shown
    assert post(client, cast.client, door(cast, "return"), note="") == 400
    assert post(client, cast.client, door(cast, "return"), note="Test it on phones.") == 302
    assert "“Test it on phones.”" in text_of(page(client, cast.freelancer, room))
    assert post(client, cast.freelancer, door(cast, "submit")) == 302
    assert "goes to Mateo at once" in text_of(page(client, cast.client, door(cast, "approve")))
    assert post(client, cast.client, door(cast, "approve")) == 302
    assert status() == "released"
    assert "You approved “Checkout and launch”: $2,200.00" in text_of(page(client, cast.client, room))


def test_what_was_typed_stays_when_it_is_too_late(client: Client, cast: Cast) -> None:
    client.force_login(cast.client)
    answer = client.post(door(cast, "return"), {"command_id": uuid4(), "note": "The logo is missing."})
    assert answer.status_code == 409
    assert "The logo is missing." in answer.content.decode()
    assert client.post(door(cast, "return"), {"note": "No id."}).status_code == 400
    assert client.get(door(cast, "approve")).status_code == 302
    assert client.get(door(cast, "eat")).status_code == 404


def test_the_part_that_is_drawn_anew_says_how_it_stands(client: Client, cast: Cast) -> None:
    client.force_login(cast.freelancer)
    part = client.get(reverse("web:room_case", args=[cast.room.pk]), headers={"X-Part": "case"}).content.decode()
    assert 'data-part="milestones"' in part
    assert "Submit for approval" in part


def test_what_is_paid_is_what_the_page_says(client: Client, cast: Cast, milestone: Milestone) -> None:
    ledger.move(
        key="settled", contract_id=cast.room.contract_id, currency="USD", amount_minor=100_000,
        source=f"escrow:{milestone.pk}", target="client", at=clock.now(),
    )  # fmt: skip
    assert post(client, cast.freelancer, door(cast, "submit")) == 302
    assert "$1,200.00 still held" in text_of(page(client, cast.client, reverse("web:room", args=[cast.room.pk])))
    shown = text_of(page(client, cast.client, door(cast, "approve")))
    assert "Checkout and launch · $1,200.00" in shown
    assert "$2,200.00" not in shown


def test_asked_back_refused_asked_again_and_given_back_with_plain_forms(client: Client, cast: Cast) -> None:
    room = reverse("web:room", args=[cast.room.pk])
    assert "From now on there are 7 days" in text_of(page(client, cast.client, door(cast, "ask_back")))
    assert post(client, cast.client, door(cast, "ask_back"), note="") == 400
    assert post(client, cast.client, door(cast, "ask_back"), note="The season is over.") == 302
    asked = text_of(page(client, cast.freelancer, room))
    for words in ("asked back", "a claim can be filed until", "Give the money back", "Do not give it back"):
        assert words in asked
    assert "Helen asks for the money for “Checkout and launch” back: “The season is over.”" in asked
    assert "Submit for approval" not in asked
    assert post(client, cast.freelancer, door(cast, "refuse"), note="It is nearly done.") == 302
    refused = text_of(page(client, cast.client, room))
    for words in ("“It is nearly done.”", "not given back; can be asked again from", "a claim can be filed until"):
        assert words in refused
    assert post(client, cast.client, door(cast, "ask_back"), note="All the same.") == 409
    Milestone.objects.update(refund_answered_at=clock.now() - timedelta(days=14))
    assert post(client, cast.client, door(cast, "ask_back"), note="All the same.") == 302
    assert post(client, cast.client, door(cast, "withdraw")) == 302
    assert "goes back to Helen at once" in text_of(page(client, cast.freelancer, door(cast, "give_back")))
    assert post(client, cast.freelancer, door(cast, "give_back")) == 302
    assert status() == "refunded"
    assert "Mateo gave “Checkout and launch” back: $2,200.00 to the client." in text_of(page(client, cast.client, room))


def test_when_the_time_to_file_is_over_the_page_says_so(client: Client, cast: Cast) -> None:
    assert post(client, cast.client, door(cast, "ask_back"), note="The season is over.") == 302
    Milestone.objects.update(refund_asked_at=clock.now() - timedelta(days=7, minutes=1))
    shown = text_of(page(client, cast.client, reverse("web:room", args=[cast.room.pk])))
    assert "the time to file a claim is over" in shown
    assert "a claim can be filed until" not in shown


def test_a_contract_is_ended_with_a_plain_form_that_says_what_is_held(client: Client, cast: Cast) -> None:
    room, end = reverse("web:room", args=[cast.room.pk]), reverse("web:end_contract", args=[cast.room.pk])
    assert end in page(client, cast.freelancer, room)
    form = text_of(page(client, cast.freelancer, end))
    assert "Checkout and launch · $2,200.00" in form
    assert "there are 7 days to file a claim" in form
    assert post(client, cast.freelancer, end, reason=" ") == 400
    assert post(client, cast.freelancer, end, reason="I am ill.") == 302
    after = page(client, cast.client, room)
    assert "Mateo ended the contract: “I am ill.”" in text_of(after)
    assert end not in after
    client.force_login(cast.client)
    assert client.get(end).status_code == 302
    late = client.post(end, {"command_id": uuid4(), "reason": "Me too."})
    assert late.status_code == 409
    assert "Me too." in late.content.decode()
    part = client.get(reverse("web:room_case", args=[cast.room.pk]), headers={"X-Part": "case"}).content.decode()
    assert 'data-part="contract"' in part
    assert "Ended" in text_of(part)


def test_an_end_without_a_reason_is_told_what_is_missing(client: Client, cast: Cast) -> None:
    client.force_login(cast.client)
    answer = client.post(reverse("web:end_contract", args=[cast.room.pk]), {"command_id": uuid4(), "reason": " "})
    assert answer.status_code == 400
    assert "Say why, in a sentence." in text_of(answer.content.decode())


def test_the_panel_does_not_say_that_a_draft_is_shared(client: Client, cast: Cast, milestone: Milestone) -> None:
    room = reverse("web:room", args=[cast.room.pk])
    assert "Mateo sees this same panel." in text_of(page(client, cast.client, room))
    claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=milestone.pk)
    assert "Only you see the draft. Mateo sees the rest of this panel." in text_of(page(client, cast.client, room))
    assert "Helen sees this same panel." in text_of(page(client, cast.freelancer, room))
