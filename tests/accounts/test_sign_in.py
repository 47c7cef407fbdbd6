"""Signing in and out, and the throttle."""

from django.test import Client

from accounts import actions
from accounts.models import Revocation
from tests.cast import PASSWORD, Cast


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post("/accounts/login/", {"login": email, "password": password}).status_code


def test_everybody_signs_in_with_address_and_password(cast: Cast, client: Client) -> None:
    assert sign_in(client, cast.client.email.upper()) == 302
    assert client.get("/settings/profile/").status_code == 200


def test_a_wrong_password_is_refused_without_saying_whether_the_address_is_known(cast: Cast, client: Client) -> None:
    known = client.post("/accounts/login/", {"login": cast.client.email, "password": "wrong"})
    unknown = client.post("/accounts/login/", {"login": "nobody@example.test", "password": "wrong"})
    assert known.context["form"].errors == unknown.context["form"].errors
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(cast: Cast, client: Client) -> None:
    for _attempt in range(5):
        sign_in(client, cast.client.email, "wrong")
    assert sign_in(client, cast.client.email) == 200
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), cast.freelancer.email) == 302


def test_one_address_of_the_network_cannot_try_without_end(cast: Cast, client: Client) -> None:
    answers = [sign_in(client, f"somebody{number}@example.test", "wrong") for number in range(31)]
    assert answers[-1] == 429


def test_a_closed_account_does_not_open(cast: Cast, client: Client) -> None:
    actions.deactivate(user=cast.client)
    sign_in(client, cast.client.email)
    assert "_auth_user_id" not in client.session


def test_signing_in_never_leads_to_another_site(cast: Cast, client: Client) -> None:
    form = {"login": cast.client.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/accounts/login/", form).headers["Location"] == "/"


def test_signing_out_takes_a_click_and_not_a_link(helen: Client) -> None:
    assert helen.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in helen.session


def test_signing_out_clears_what_the_browser_kept(helen: Client) -> None:
    response = helen.post("/accounts/logout/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.headers["Cache-Control"] == "no-store"
    assert Revocation.objects.count() == 1


def test_the_admin_door_counts_wrong_passwords_too(cast: Cast, client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert response.headers["Location"].startswith("/accounts/login/")
