"""The first step of a claim offers the money that it can be about, until when, and says why other money is none."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mediation.conversations.models import Contract
from mediation.core import clock
from mediation.disputes.models import Dispute
from tests.cast import Cast
from tests.disputes.funds import held_milestone, paid


@pytest.fixture
def address(client: Client, cast: Cast) -> str:
    client.force_login(cast.client)
    return reverse("web:claim", args=[cast.room.pk])


def test_where_there_is_no_money_it_says_so_and_offers_no_form(client: Client, cast: Cast, address: str) -> None:
    html = client.get(address).content.decode()
    assert "No money is held in escrow here" in html
    assert 'name="about"' not in html
    Contract.objects.filter(pk=cast.room.contract_id).update(kind="hourly")
    assert "No hours of a past week" in client.get(address).content.decode()


def test_only_money_that_fits_is_offered_and_the_rest_has_its_reason(client: Client, cast: Cast, address: str) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        old = held_milestone(cast.room.contract, 110_000)
        paid(old)
    held = held_milestone(cast.room.contract, 220_000, position=2)
    html = client.get(address).content.decode()
    assert f'value="A:{held.pk}"' in html
    assert "no time limit yet" in html
    assert f"B:{old.pk}" not in html
    assert "Part 1: the time to file was over on" in html
    assert client.post(address, {"about": f"B:{old.pk}"}).status_code == 400
    assert client.post(address, {"about": f"A:{held.pk}"}).status_code == 302
    assert Dispute.objects.get().milestone_id == held.pk
    assert "Nothing limits the time to file yet." in client.get(address).content.decode()


def test_a_draft_whose_money_was_paid_meanwhile_is_about_that_now(client: Client, cast: Cast, address: str) -> None:
    milestone = held_milestone(cast.room.contract, 220_000)
    client.post(address, {"about": f"A:{milestone.pk}"})
    paid(milestone)
    said = {"problem": "quality", "amount_minor": "2,200", "claimed_refund_minor": "2,200", "statement": "It fails."}
    refused = client.post(address, {"do": "file"} | said)
    assert refused.status_code == 400
    assert 'href="?about"' in refused.content.decode().split('role="alert"')[1].split("</div>")[0]
    choice = client.get(address, {"about": ""}).content.decode()
    assert f'value="B:{milestone.pk}"' in choice
    assert "What you have written stays." in choice
    assert client.post(f"{address}?about", {}).status_code == 400
    for _twice in range(2):
        assert client.post(f"{address}?about", {"about": f"B:{milestone.pk}"}).status_code == 302
    draft = Dispute.objects.get()
    assert (draft.track, draft.problem, draft.claimed_refund_minor) == ("B", "quality", 220_000)
    assert draft.statements.get().body == "It fails."
    assert draft.timers.filter(cancelled_at__isnull=True).count() == 1
    assert client.post(address, {"do": "file"} | said).status_code == 302
    assert Dispute.objects.get().state == "awaiting_response"
