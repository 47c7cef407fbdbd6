"""Signing up: clients and freelancers, and nobody else."""

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.rules import Role

NEW = {"role": "freelancer", "name": "Lucie Fabre", "email": "Lucie@Example.test", "password1": "a-long-enough-word"}


def sign_up(client: Client, **changes: str) -> int:
    return client.post("/accounts/signup/", NEW | changes).status_code


def test_a_freelancer_signs_up_and_is_signed_in(client: Client, db: None) -> None:
    assert sign_up(client, time_zone="Europe/Paris") == 302
    lucie = User.objects.get(email="lucie@example.test")
    assert (lucie.name, lucie.role, lucie.time_zone) == ("Lucie Fabre", Role.FREELANCER, "Europe/Paris")
    assert client.session["_auth_user_id"] == str(lucie.id)


def test_the_language_is_the_one_the_page_was_read_in(client: Client, db: None) -> None:
    client.post("/accounts/signup/", NEW, headers={"accept-language": "es-CO,es;q=0.9,en;q=0.5"})
    assert User.objects.get().language == "es"


def test_a_time_zone_that_does_not_exist_turns_nobody_away(client: Client, db: None) -> None:
    assert sign_up(client, time_zone="Mars/Olympus") == 302
    assert User.objects.get().time_zone == "UTC"


@pytest.mark.parametrize("role", [role.value for role in Role if role not in {Role.CLIENT, Role.FREELANCER}])
def test_nobody_becomes_staff_by_signing_up(client: Client, db: None, role: str) -> None:
    assert sign_up(client, role=role, is_staff="1", is_superuser="1") == 200
    assert not User.objects.exists()


def test_extra_fields_give_no_rights(client: Client, db: None) -> None:
    sign_up(client, is_staff="1", is_superuser="on", teams="1")
    lucie = User.objects.get()
    assert not lucie.is_staff
    assert not lucie.is_superuser


def test_a_known_address_is_not_taken_twice(client: Client, db: None) -> None:
    sign_up(client)
    client.post("/accounts/logout/")
    assert sign_up(client, email="LUCIE@example.test") == 200
    assert User.objects.count() == 1


def test_what_is_missing_is_listed_and_linked_to_its_field(client: Client, db: None) -> None:
    page = client.post("/accounts/signup/", {"email": "x"}).content.decode()
    assert 'role="alert"' in page
    assert 'href="#id_name"' in page
    assert 'aria-describedby="id_email_error"' in page


def test_a_weak_password_is_refused(client: Client, db: None) -> None:
    assert sign_up(client, password1="short") == 200
    assert not User.objects.exists()


def test_a_mail_asks_to_confirm_the_address(client: Client, db: None) -> None:
    sign_up(client)
    (letter,) = mail.outbox
    assert letter.to == ["lucie@example.test"]
    link = next(word for word in letter.body.split() if "/accounts/confirm-email/" in word)
    client.post(link.removeprefix("http://testserver"))
    assert User.objects.get().emailaddress_set.get().verified
