"""Cases over HTTP: commands are said once, on what was seen, by whom the table names; bad bodies are refused."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction as database
from django.test import Client

from accounts.models import User
from mediation.core import clock
from mediation.disputes.api.bodies import body_of
from mediation.disputes.forms import FORMS, SPOKEN
from mediation.disputes.models import CaseEntry, Dispute
from tests.api.contract import assert_as_promised
from tests.cast import PASSWORD, Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.stories import ANSWER, hear_both, recommend

Post = Callable[..., Any]
SOON = (clock.now() + timedelta(days=2)).isoformat()


@pytest.fixture(autouse=True)
def patient(settings: Any) -> None:
    """These tests say more in a second than a person does in an hour."""
    settings.LIVE_SEND_BURST = 1_000_000


@pytest.fixture
def post(draft: Dispute) -> Post:
    """`post(person, "command", **body)` over HTTP; the answer is held against the OpenAPI file."""

    def to_case(person: User, command: str, **body: Any) -> Any:
        client = Client()
        client.force_login(person)
        said = {"command_id": str(uuid4())} | body
        answer = client.post(f"/api/disputes/{draft.pk}/commands/{command}/", said, content_type="application/json")
        assert_as_promised(answer)
        return answer

    return to_case


def get(person: User, path: str) -> Any:
    """As that person; held against the OpenAPI file."""
    client = Client()
    client.force_login(person)
    answer = client.get(path)
    assert_as_promised(answer)
    return answer


def test_every_command_that_people_say_has_a_form() -> None:
    assert set(FORMS) == SPOKEN


@pytest.mark.parametrize("command", sorted(FORMS))
def test_a_body_that_is_not_the_commands_is_refused_by_field(command: str) -> None:
    body = body_of(FORMS[command])
    for wrong in ({}, {"command_id": "x"}, {"command_id": str(uuid4()), "surprise": 1}, [], "text", None):
        reader = body(data=wrong)
        assert not reader.is_valid()
        assert reader.errors


def test_every_field_says_what_is_asked() -> None:
    nameless = {
        f"{command}.{name}"
        for command, form in FORMS.items()
        for name, field in form().fields.items()
        if "label" not in field._kwargs  # DRF makes one out of the name
    }
    assert nameless == set()


def test_a_command_said_twice_is_carried_out_once(cast: Cast, draft: Dispute, post: Post) -> None:
    body = {"command_id": str(uuid4()), "expected_version": 0}
    first, again = post(cast.client, "file", **body), post(cast.client, "file", **body)
    assert (first.status_code, again.status_code) == (200, 200)
    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    assert first.json() | {"repeated": True} == again.json()
    assert CaseEntry.objects.filter(dispute=draft, type="dispute.file").count() == 1


def test_an_id_that_somebody_else_used_is_refused(cast: Cast, draft: Dispute, post: Post) -> None:
    body = {"command_id": str(uuid4())}
    assert post(cast.client, "file", **body).status_code == 200
    answer = post(cast.freelancer, "accept_full", **body)
    assert (answer.status_code, answer.json()["code"]) == (400, "command_id")
    assert post(cast.client, "withdraw", **body).status_code == 400, "nor is it another command"


def test_who_decides_on_an_old_page_is_told_how_things_stand(cast: Cast, draft: Dispute, post: Post) -> None:
    post(cast.client, "file")
    answer = post(cast.freelancer, "accept_full", expected_version=0)
    assert answer.status_code == 409
    assert answer.json()["detail"] == {"state": "awaiting_response", "version": 1}
    answer = post(cast.client, "make_offer", refund_minor=0, release_minor=AMOUNT, expires_at=SOON)
    assert answer.status_code == 200, "an offer can be made while the answer is out"
    answer = post(cast.freelancer, "elect")
    assert (answer.status_code, answer.json()["code"]) == (409, "dispute.not_now")


def test_the_table_decides_who_may_say_what(cast: Cast, draft: Dispute, post: Post) -> None:
    assert post(cast.freelancer, "file").status_code == 404, "nobody else knows of a draft"
    post(cast.client, "file")
    said = {name: post(getattr(cast, name), "accept_full").status_code for name in (
        "outsider", "outside_freelancer", "analyst", "admin", "client", "mediator", "senior", "supervisor", "qa",
        "freelancer",
    )}  # fmt: skip
    assert said == {
        "outsider": 404, "outside_freelancer": 404, "analyst": 404, "admin": 404, "client": 403, "mediator": 403,
        "senior": 403, "supervisor": 403, "qa": 403, "freelancer": 200,
    }  # fmt: skip
    assert post(cast.client, "both_signed").status_code == 404, "what only the system says has no address"


def test_each_reads_the_list_and_the_case(cast: Cast, draft: Dispute, say: Say) -> None:
    here = f"/api/rooms/{cast.room.pk}/disputes/"
    assert get(cast.client, here).json()["disputes"][0]["state"] == "draft"
    assert get(cast.freelancer, here).json() == {"disputes": []}
    assert get(cast.freelancer, f"/api/disputes/{draft.pk}/").status_code == 404
    say(cast.client, "file")
    assert get(cast.freelancer, here).json()["disputes"][0]["id"] == str(draft.pk)
    for person in (cast.client, cast.freelancer, cast.agent, cast.senior, cast.qa, cast.supervisor):
        assert get(person, f"/api/disputes/{draft.pk}/").status_code == 200
    assert get(cast.outsider, f"/api/disputes/{draft.pk}/").status_code == 404
    assert get(cast.outsider, here).status_code == 404


def test_every_stage_of_a_case_is_as_the_file_promises(cast: Cast, draft: Dispute, mediation: Say) -> None:
    people = (cast.client, cast.freelancer, cast.mediator, cast.senior, cast.qa)
    mediation(cast.mediator, "open_bidding")
    asked = {"party": cast.client.pk, "text": "Half would do.", "question": "May I?"}
    hear_both(cast, mediation, last=cast.client)
    mediation(cast.mediator, "ask_release", **asked)
    mediation(cast.mediator, "end_caucus")
    recommend(cast, mediation, draft)
    mediation(cast.client, "answer", is_yes=True)
    for person in people:
        get(person, f"/api/disputes/{draft.pk}/")
    mediation(cast.freelancer, "answer", is_yes=True)
    for person in people:
        get(person, f"/api/disputes/{draft.pk}/")


def test_a_larger_sum_wants_the_password(cast: Cast, draft: Dispute, post: Post) -> None:
    post(cast.client, "file")
    post(cast.freelancer, "decline", **ANSWER)
    offer = {"refund_minor": AMOUNT, "release_minor": 0, "expires_at": SOON}
    made = post(cast.client, "make_offer", **offer).json()["result"]["offer_id"]
    assert post(cast.freelancer, "accept_offer", offer_id=made, offer_version=1).json()["state"] == "settling"
    text = {"sha256": get(cast.client, f"/api/disputes/{draft.pk}/").json()["agreement"]["sha256"]}
    assert post(cast.client, "accept_text", **text).json()["code"] == "agreement.password"
    wrong = post(cast.client, "accept_text", **text, password="something else")
    assert (wrong.status_code, "password" in wrong.json()["detail"]["fields"]) == (400, True)
    assert post(cast.client, "accept_text", **text, password=PASSWORD).status_code == 200


def test_passwords_cannot_be_guessed_one_after_the_other(cast: Cast, draft: Dispute, post: Post) -> None:
    said = {"sha256": "0" * 64, "password": "guess"}
    answers = [post(cast.client, "accept_text", **said).status_code for _ in range(7)]
    assert answers == [400] * 5 + [429] * 2


def odd(random: Random, name: str, ids: list[str]) -> Any:
    """Something for a field of that name: right in form, often of another thing."""
    one = random.choice(ids)
    known = {
        "message": {"thread": one, "seq": 1},
        "findings": [{"issue_id": one, "text": "x", "refund_minor": 1, "evidence": [random.choice(ids)]}],
        "slots": [{"slot": "Monday", "amount_minor": 1, "is_upheld": False}],
        "sha256": "0" * 64,
        "terms": ["x"],
        "offer_version": 1,
    }
    known |= dict.fromkeys(("is_yes", "is_upheld", "terms_not_kept"), True)
    known |= dict.fromkeys(("expires_at", "due_at"), SOON)
    if name.endswith("_id") or name in {"asked_of", "party"}:
        return one
    if name.endswith(("_minor", "hours", "days")):
        return random.choice([1, 12, AMOUNT])
    return known.get(name, "something")


@pytest.mark.parametrize("stage", ["mediating", "settling"])
def test_ids_of_other_things_break_nothing(stage: str, cast: Cast, draft: Dispute, mediation: Say, post: Post) -> None:
    random = Random(7)
    sent = cast.say(cast.client, "Look.")
    thing = {"message": {"thread": sent.thread_id, "seq": sent.seq}, "kind": "message", "title": "x"}
    evidence = mediation(cast.client, "submit_evidence", **thing).data["evidence_id"]
    if stage == "settling":
        mediation(cast.mediator, "propose_text", refund_minor=0, release_minor=AMOUNT)
    ids = [str(uuid4()), evidence, str(draft.issues.get().pk), str(cast.client.pk), str(cast.freelancer.pk)]
    ids += [str(cast.agent.pk), str(draft.pk)]
    people = (cast.client, cast.mediator) if stage == "mediating" else (cast.freelancer, cast.supervisor)
    for command, form in FORMS.items():
        fields = form().fields
        for person in people:
            body = {
                name: random.choice(list(field.choices)) if hasattr(field, "choices") else odd(random, name, ids)
                for name, field in fields.items()
                if field.required or random.random() < 0.5
            }
            body.pop("password", None)
            with database.atomic():
                answer = post(person, command, **body)
                assert answer.status_code in (200, 400, 403, 404, 409), (command, body)
                database.set_rollback(True)


def test_a_route_takes_ids_only(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.client)
    for path in ("/api/disputes/1/", f"/api/disputes/{UUID(int=0)}/commands/file/"):
        assert client.get(path).status_code in (404, 405)
