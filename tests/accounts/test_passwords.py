"""Changing a password, and choosing a new one by mail."""

from django.core import mail
from django.test import Client

from accounts.models import Revocation
from accounts.queries import session_user
from tests.cast import PASSWORD, Cast

NEW = "another correct horse"


def letter_link() -> str:
    link = next(word for word in mail.outbox[-1].body.split() if "/accounts/password/reset/key/" in word)
    return link.removeprefix("http://testserver")


def test_a_new_password_by_mail_ends_all_sessions(cast: Cast, helen: Client) -> None:
    old_key = helen.session.session_key
    elsewhere = Client()
    elsewhere.post("/accounts/password/reset/", {"email": cast.client.email})
    form = elsewhere.get(letter_link(), follow=True)
    elsewhere.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert Revocation.objects.filter(user=cast.client, session_key="", reason="password_changed").exists()
    assert session_user(old_key) is None
    assert elsewhere.post("/accounts/login/", {"login": cast.client.email, "password": NEW}).status_code == 302


def test_the_link_works_once(cast: Cast, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": cast.client.email})
    link = letter_link()
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert Client().get(link, follow=True).context["token_fail"]


def test_an_unknown_address_gets_the_same_page(cast: Cast, client: Client) -> None:
    known = client.post("/accounts/password/reset/", {"email": cast.client.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.test"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])


def test_the_letter_speaks_the_language_of_its_reader(cast: Cast, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": cast.freelancer.email}, headers={"accept-language": "en"})
    assert mail.outbox[-1].to == [cast.freelancer.email]
    assert client.get("/accounts/login/").headers["Content-Language"] == "en"


def test_changing_the_password_keeps_this_browser_and_ends_the_others(cast: Cast, helen: Client) -> None:
    other = Client()
    other.post("/accounts/login/", {"login": cast.client.email, "password": PASSWORD})
    other_key = other.session.session_key
    helen.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert session_user(other_key) is None
    assert session_user(helen.session.session_key) is not None
    assert other.get("/settings/profile/").status_code == 302
    assert helen.get("/settings/profile/").status_code == 200


def test_a_change_is_told_by_mail(helen: Client, cast: Cast) -> None:
    mail.outbox.clear()
    helen.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    (letter,) = mail.outbox
    assert letter.to == [cast.client.email]


def test_the_old_password_is_asked_for(helen: Client) -> None:
    helen.post("/accounts/password/change/", {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert not Revocation.objects.exists()


def test_changing_the_address_asks_for_the_password_again(helen: Client) -> None:
    response = helen.post("/accounts/email/", {"action_add": "", "email": "new@example.test"})
    assert response.headers["Location"].startswith("/accounts/reauthenticate/")
