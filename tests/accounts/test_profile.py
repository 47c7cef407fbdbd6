"""The profile page: words, language, time zone."""

from django.test import Client

from tests.cast import Cast

SAID = {"name": "Helen M.", "company": "Harbor & Pine", "language": "nl", "time_zone": "Europe/Amsterdam"}


def test_strangers_are_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/settings/profile/").headers["Location"].startswith("/accounts/login/")


def test_what_is_said_is_saved(cast: Cast, helen: Client) -> None:
    assert helen.post("/settings/profile/", SAID).status_code == 302
    cast.client.refresh_from_db()
    assert {field: getattr(cast.client, field) for field in SAID} == SAID


def test_rights_cannot_be_said(cast: Cast, helen: Client) -> None:
    helen.post("/settings/profile/", SAID | {"role": "admin", "is_staff": "1", "email": "x@example.test"})
    cast.client.refresh_from_db()
    assert (cast.client.role, cast.client.is_staff, cast.client.email) == ("client", False, "helen.marsh@example.test")


def test_a_time_zone_must_exist(cast: Cast, helen: Client) -> None:
    response = helen.post("/settings/profile/", SAID | {"time_zone": "Mars/Olympus"})
    assert response.status_code == 422
    assert 'aria-describedby="id_time_zone_helptext id_time_zone_error"' in response.content.decode()


def test_the_persons_language_wins_over_cookie_and_browser(cast: Cast, helen: Client) -> None:
    helen.post("/settings/profile/", SAID | {"language": "es"})
    helen.cookies["django_language"] = "nl"
    response = helen.get("/settings/profile/", headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "es"


def test_without_a_person_the_cookie_wins_over_the_browser(client: Client, db: None) -> None:
    client.cookies["django_language"] = "nl"
    assert client.get("/accounts/login/", headers={"accept-language": "es"}).headers["Content-Language"] == "nl"
    client.cookies.clear()
    assert client.get("/accounts/login/", headers={"accept-language": "es"}).headers["Content-Language"] == "es"


def test_pages_of_signed_in_people_are_kept_nowhere(helen: Client) -> None:
    assert helen.get("/settings/profile/").headers["Cache-Control"] == "no-store"
