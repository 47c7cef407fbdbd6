"""Changing the address one signs in with: it counts once it is confirmed."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from tests.cast import PASSWORD, Cast


@pytest.fixture
def helen_again(helen: Client) -> Client:
    """Helen, who has just given her password once more."""
    helen.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return helen


@pytest.fixture
def proven(cast: Cast) -> None:
    """Helen has confirmed the address she signed up with."""
    EmailAddress.objects.create(user=cast.client, email=cast.client.email, verified=True, primary=True)


def ask_for(client: Client, email: str) -> str:
    """Ask for another address; the path of the link that was mailed there."""
    client.post("/accounts/email/", {"action_add": "", "email": email})
    assert mail.outbox[-1].to == [email]
    link = next(word for word in mail.outbox[-1].body.split() if "/accounts/confirm-email/" in word)
    return link.removeprefix("http://testserver")


@pytest.mark.usefixtures("proven")
def test_the_old_address_counts_until_the_new_one_is_confirmed(cast: Cast, helen_again: Client) -> None:
    link = ask_for(helen_again, "new@example.test")
    cast.client.refresh_from_db()
    assert cast.client.email == "helen.marsh@example.test"
    assert helen_again.get(link).status_code == 200
    helen_again.post(link)
    cast.client.refresh_from_db()
    assert cast.client.email == "new@example.test"
    form = {"login": "new@example.test", "password": PASSWORD}
    assert Client().post("/accounts/login/", form).status_code == 302


def test_somebody_elses_address_cannot_be_taken(cast: Cast, helen_again: Client) -> None:
    taken = cast.agent.email
    helen_again.post("/accounts/email/", {"action_add": "", "email": taken})
    for letter in mail.outbox:
        for word in letter.body.split():
            if "/accounts/confirm-email/" in word:
                helen_again.post(word.removeprefix("http://testserver"))
    cast.client.refresh_from_db()
    assert cast.client.email == "helen.marsh@example.test"


def test_an_address_that_was_never_confirmed_is_corrected_at_once(cast: Cast, helen_again: Client) -> None:
    ask_for(helen_again, "right@example.test")
    cast.client.refresh_from_db()
    assert cast.client.email == "right@example.test"
    form = {"login": "right@example.test", "password": PASSWORD}
    assert Client().post("/accounts/login/", form).status_code == 302


@pytest.mark.usefixtures("proven")
def test_an_address_taken_between_asking_and_confirming_stays_with_its_person(cast: Cast, helen_again: Client) -> None:
    link = ask_for(helen_again, "new@example.test")
    type(cast.agent).objects.filter(pk=cast.agent.pk).update(email="new@example.test")
    assert helen_again.post(link).status_code == 302
    cast.client.refresh_from_db()
    assert cast.client.email == "helen.marsh@example.test"


def test_the_pages_around_addresses_open(helen: Client) -> None:
    for path in (
        "email/",
        "password/change/",
        "reauthenticate/",
        "confirm-email/",
        "inactive/",
        "password/reset/done/",
    ):
        assert helen.get(f"/accounts/{path}", follow=True).status_code == 200


def test_a_link_that_no_longer_works_says_so(helen: Client) -> None:
    assert "no longer works" in helen.get("/accounts/confirm-email/made-up/").content.decode()
    assert "no longer works" in Client().get("/accounts/password/reset/key/1-made-up/").content.decode()
