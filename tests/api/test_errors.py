"""Every error has one shape, a stable code and a sentence in the reader's language."""

import pytest
from django.db import OperationalError
from django.test import Client

from tests.api.conftest import SignIn
from tests.cast import Cast


def test_anonymous_is_told_to_sign_in(db: None, client: Client) -> None:
    answer = client.get("/api/me/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Session"
    assert answer.json() == {"code": "signed_out", "message": "Sign in, then try again.", "retry": False, "detail": {}}


def test_a_missing_csrf_token_has_a_code_of_its_own(cast: Cast, api: SignIn) -> None:
    client = api(cast.client, enforce_csrf_checks=True)
    answer = client.post(f"/api/rooms/{cast.room.pk}/help/", {}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


def test_the_csrf_token_of_our_own_page_opens_the_door(cast: Cast, api: SignIn) -> None:
    client = api(cast.client, enforce_csrf_checks=True)
    client.get("/settings/profile/")
    token = client.cookies["csrftoken"].value
    url = f"/api/rooms/{cast.room.pk}/help/"
    assert client.post(url, {}, "application/json", headers={"X-CSRFToken": token}).status_code == 200


def test_reading_needs_no_csrf_token(cast: Cast, api: SignIn) -> None:
    assert api(cast.client, enforce_csrf_checks=True).get("/api/me/").status_code == 200


@pytest.mark.parametrize(
    "body",
    ["{", "", "nul", '{"cid": NaN}', '"\\ud800"', "[" * 100_000, "\x00", "{'a': 1}"],
)
def test_what_is_no_json_is_malformed(cast: Cast, api: SignIn, body: str) -> None:
    answer = api(cast.client).put(f"/api/threads/{cast.joint.pk}/read/", body, "application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] in {"malformed", "invalid"}


def test_unknown_keys_are_refused_by_name(cast: Cast, api: SignIn) -> None:
    answer = api(cast.client).put(f"/api/threads/{cast.joint.pk}/read/", {"seq": 1, "sequence": 1}, "application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"] == {"fields": {"sequence": "This is not known here. Leave it out."}}
    assert "sequence" in answer.json()["message"]


def test_unknown_keys_in_the_address_are_refused_too(cast: Cast, api: SignIn) -> None:
    assert api(cast.client).get("/api/rooms/?sort=name").json()["detail"]["fields"].keys() == {"sort"}


@pytest.mark.parametrize("seq", ["1", 1.5, True, None, [], {}, -1, 2**31, 10**30])
def test_numbers_are_not_guessed(cast: Cast, api: SignIn, seq: object) -> None:
    answer = api(cast.client).put(f"/api/threads/{cast.joint.pk}/read/", {"seq": seq}, "application/json")
    assert answer.json()["detail"]["fields"].keys() == {"seq"}


def test_another_media_type_is_415(cast: Cast, api: SignIn) -> None:
    answer = api(cast.client).put(f"/api/threads/{cast.joint.pk}/read/", "seq=1", "text/plain")
    assert (answer.status_code, answer.json()["code"]) == (415, "media_type")


def test_another_method_is_405(cast: Cast, api: SignIn) -> None:
    answer = api(cast.client).delete("/api/me/")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, HEAD"


def test_too_large_a_body_is_refused_unread(cast: Cast, api: SignIn) -> None:
    answer = api(cast.client).put(f"/api/threads/{cast.joint.pk}/draft/", "x" * 600_000, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer.json()["detail"] == {"max_bytes": 512 * 1024}


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
@pytest.mark.parametrize("path", ["", "nothing/", "rooms", "rooms/1/", "threads/x/messages/", "../api/x"])
def test_an_unknown_address_is_not_there(db: None, client: Client, method: str, path: str) -> None:
    answer = getattr(client, method)(f"/api/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_every_answer_is_kept_out_of_caches(cast: Cast, api: SignIn) -> None:
    for path in ("me/", "rooms/", f"rooms/{cast.room.pk}/", "nothing/", f"threads/{cast.joint.pk}/messages/"):
        answer = api(cast.client).get(f"/api/{path}")
        assert answer["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_person_is_told_in_their_own_language(cast: Cast, api: SignIn) -> None:
    url = f"/api/threads/{cast.joint.pk}/read/"
    spanish = api(cast.freelancer).put(url, {}, "application/json", headers={"Accept-Language": "nl"})
    english = api(cast.client).put(url, {}, "application/json", headers={"Accept-Language": "nl"})
    assert (spanish["Content-Language"], english["Content-Language"]) == ("es", "en")
    assert spanish.json()["detail"]["fields"]["seq"] == "Este campo es obligatorio."
    assert english.json()["detail"]["fields"]["seq"] == "This field is required."
    assert spanish.json()["code"] == english.json()["code"]


def test_anonymous_is_told_in_the_language_of_the_browser(db: None, client: Client) -> None:
    assert client.get("/api/me/", headers={"Accept-Language": "nl"})["Content-Language"] == "nl"


@pytest.mark.parametrize("trouble", [OperationalError("database is locked"), OSError(28, "No space left on device")])
def test_trouble_of_ours_is_said_plainly_and_can_be_retried(
    cast: Cast, api: SignIn, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fail(**_said: object) -> None:
        raise trouble

    monkeypatch.setattr("mediation.conversations.actions.reading.save_draft", fail)
    answer = api(cast.client).put(f"/api/threads/{cast.joint.pk}/draft/", {"text": "Hi"}, "application/json")
    assert (answer.status_code, answer.json()["code"], answer.json()["retry"]) == (503, "unavailable", True)
    assert answer["Retry-After"] == "1"
    assert "space" not in answer.content.decode()


def test_a_bug_of_ours_has_the_shape_too_and_tells_nothing(
    cast: Cast, api: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(**_said: object) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("mediation.conversations.actions.reading.discard_draft", break_down)
    client = api(cast.client, raise_request_exception=False)
    answer = client.delete(f"/api/threads/{cast.joint.pk}/draft/")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert "secret" not in answer.content.decode()


def test_a_bug_of_ours_fails_the_test_that_meets_it(cast: Cast, api: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(**_said: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("mediation.conversations.actions.reading.discard_draft", break_down)
    with pytest.raises(RuntimeError):
        api(cast.client).delete(f"/api/threads/{cast.joint.pk}/draft/")


def test_who_is_no_longer_active_is_signed_out(cast: Cast, api: SignIn) -> None:
    client = api(cast.client)
    assert client.get("/api/me/").status_code == 200
    cast.client.is_active = False
    cast.client.save(update_fields=["is_active"])
    assert client.get("/api/me/").status_code == 401
