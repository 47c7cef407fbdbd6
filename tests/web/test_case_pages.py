"""The case in its room as the server draws it: readable and usable without a script, and private for outsiders."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mediation.core import clock, rates
from mediation.disputes.forms import FORMS
from mediation.disputes.models import Dispute
from mediation.disputes.rules.states import Actor, State
from mediation.disputes.rules.table import TABLE
from mediation.web.case_lines import LINES
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414
from tests.disputes.stories import offer, recommend, state
from tests.disputes.ways import case_in

pytestmark = pytest.mark.django_db


def text_of(html: str) -> str:
    html = re.sub(r"<(script|template|dialog|svg|noscript).*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def page(browser: Client, who: object, path: str) -> str:
    browser.force_login(who)  # type: ignore[arg-type]
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def do(draft: Dispute, command: str) -> str:
    return reverse("web:case_do", args=[draft.pk, command])


def post(browser: Client, who: object, path: str, **said: object) -> int:
    """What the plain form of a page posts."""
    browser.force_login(who)  # type: ignore[arg-type]
    return browser.post(path, {"command_id": uuid4()} | said).status_code


def test_commands_by_plain_forms_have_the_rate_of_the_api_and_a_refusal_keeps_the_words(
    client: Client, cast: Cast, say: Say, draft: Dispute, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(cast.client, "file")
    monkeypatch.setattr(rates, "commands", rates.Rate(burst=2, per_minute=0.01))
    while rates.commands.take(cast.freelancer.pk):
        pass
    client.force_login(cast.freelancer)
    said = {"command_id": uuid4(), "reason": "disagree", "statement": "I delivered what we agreed."}
    answer = client.post(do(draft, "decline"), said)
    assert answer.status_code == 429
    assert "I delivered what we agreed." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "awaiting_response"


def test_every_command_that_anybody_hears_of_has_a_line() -> None:
    told = {line.command for line in TABLE if line.told != "nobody"}
    assert {f"dispute.{command}" for command in told} <= set(LINES)


def test_the_bar_says_the_same_to_both_from_their_side(client: Client, cast: Cast, say: Say) -> None:
    say(cast.client, "file")
    room = reverse("web:room", args=[cast.room.pk])
    cast.freelancer.language = "en"
    cast.freelancer.save()
    assert "You answer the claim" in text_of(page(client, cast.freelancer, room))
    assert "Mateo answers the claim" in text_of(page(client, cast.client, room))


@pytest.mark.parametrize("who", ["client", "freelancer", "mediator"])
def test_every_sayable_command_has_a_form_that_draws(
    client: Client, cast: Cast, mediation: Say, draft: Dispute, who: str
) -> None:
    recommend(cast, mediation, draft)
    for command in FORMS:
        client.force_login(getattr(cast, who))
        answer = client.get(do(draft, command))
        assert answer.status_code in (200, 302), command
        if answer.status_code == 200:
            assert "<h1>" in answer.content.decode()


def test_a_page_of_a_case_is_drawn_with_few_queries(
    client: Client, cast: Cast, mediation: Say, draft: Dispute, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    recommend(cast, mediation, draft)
    client.force_login(cast.client)
    with django_assert_max_num_queries(40):
        assert client.get(reverse("web:room_case", args=[cast.room.pk])).status_code == 200


def test_settled_by_an_offer_with_plain_forms_alone(client: Client, cast: Cast, say: Say, draft: Dispute) -> None:
    say(cast.client, "file")
    said = {"reason": "disagree", "statement": "I delivered what we agreed."}
    assert post(client, cast.freelancer, do(draft, "decline"), **said) == 302
    until = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    sums = {"refund_minor": "550.00", "release_minor": "1,650.00", "expires_at": until, "terms": "Tested by Friday"}
    assert post(client, cast.freelancer, do(draft, "make_offer"), **sums) == 302
    offer = draft.offers.get()
    assert (offer.refund_minor, offer.release_minor, offer.terms) == (55_000, 165_000, ["Tested by Friday"])
    asked = page(client, cast.client, do(draft, "accept_offer") + f"?offer_id={offer.pk}")
    assert 'name="offer_version" value="1"' in asked
    answer = {"offer_id": offer.pk, "offer_version": 1}
    assert post(client, cast.client, do(draft, "accept_offer"), **answer) == 302
    assert state(draft) == "settling"
    sha = draft.agreements.get().sha256
    for who in (cast.client, cast.freelancer):
        code = post(client, who, do(draft, "accept_text"), sha256=sha, password="wrong")
        assert code == 400
        assert post(client, who, do(draft, "accept_text"), sha256=sha, password="correct horse battery") == 302
    assert state(draft) == "executing"


def test_what_does_not_add_up_stays_in_the_form_with_the_reason(
    client: Client, cast: Cast, say: Say, draft: Dispute
) -> None:
    say(cast.client, "file")
    say(cast.freelancer, "decline", reason="disagree", statement="No.")
    client.force_login(cast.client)
    until = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    said = {"refund_minor": "100", "release_minor": "100", "expires_at": until}
    answer = client.post(do(draft, "make_offer"), said)
    assert answer.status_code == 400
    assert "must add up" in answer.content.decode()
    assert 'value="100"' in answer.content.decode()


def test_somebody_who_acted_first_is_told_to_the_second(client: Client, cast: Cast, say: Say, draft: Dispute) -> None:
    say(cast.client, "file")
    client.force_login(cast.client)
    assert client.post(do(draft, "withdraw"), {"expected_version": 0}).status_code == 409


def test_a_file_becomes_evidence_without_a_script(client: Client, cast: Cast, mediation: Say, draft: Dispute) -> None:
    file = SimpleUploadedFile("checkout.txt", b"It fails.\n", "text/plain")
    code = post(client, cast.client, do(draft, "submit_evidence"), kind="file", title="What failed", upload=file)
    assert code == 302
    assert draft.evidence.get().attachment.name == "checkout.txt"


def test_a_claim_is_written_kept_and_filed_by_plain_forms(client: Client, cast: Cast, draft: Dispute) -> None:
    address = reverse("web:claim", args=[cast.room.pk])
    said = {
        "problem": "quality", "amount_minor": "2,200.00", "claimed_refund_minor": "700",
        "statement": "It fails on phones.",
    }  # fmt: skip
    assert post(client, cast.client, address, do="save", **said) == 302
    assert "It fails on phones." in page(client, cast.client, address)
    client.force_login(cast.freelancer)
    assert "It fails on phones." not in client.get(address).content.decode()
    assert post(client, cast.client, address, do="file", **said) == 302
    draft.refresh_from_db()
    assert (draft.state, draft.claimed_refund_minor) == ("awaiting_response", 70_000)


def test_a_claim_begins_with_the_money_it_is_about(client: Client, cast: Cast, milestone: object) -> None:
    address = reverse("web:claim", args=[cast.room.pk])
    choice = re.search(r'value="(A:[^"]+)"', page(client, cast.client, address))
    assert choice
    assert post(client, cast.client, address, about=choice[1]) == 302
    assert Dispute.objects.get().amount_minor == AMOUNT


@pytest.mark.parametrize("who", ["outsider", "outside_freelancer", "analyst"])
def test_an_outsider_finds_nothing_at_any_door(
    client: Client, cast: Cast, mediation: Say, draft: Dispute, who: str
) -> None:
    client.force_login(getattr(cast, who))
    doors = [reverse("web:room_case", args=[cast.room.pk]), reverse("web:claim", args=[cast.room.pk])]
    for door in (*doors, *(do(draft, command) for command in FORMS)):
        assert client.get(door).status_code == 404, door
        if door not in doors[:1]:
            assert client.post(door).status_code == 404, door


def test_a_command_nobody_says_is_no_page(client: Client, cast: Cast, mediation: Say, draft: Dispute) -> None:
    client.force_login(cast.client)
    system = {line.command for line in TABLE if line.who == {Actor.SYSTEM}}
    for command in (*system, "nothing"):
        assert client.get(do(draft, command)).status_code == 404


def test_words_asked_in_private_are_on_no_page_of_the_other_side(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    room = reverse("web:room_case", args=[cast.room.pk])
    before = page(client, cast.freelancer, room)
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    between = page(client, cast.freelancer, room)
    secret = "I could live with four hundred"
    mediation(cast.mediator, "ask_release", party=cast.client.pk, text=secret, question="May I?")
    assert secret in page(client, cast.client, room)
    after = page(client, cast.freelancer, room)
    assert secret not in after
    assert text_of(after) == text_of(between)
    release = draft.releases.get()
    assert post(client, cast.client, do(draft, "refuse_release"), release_id=release.pk) == 302
    assert text_of(page(client, cast.freelancer, room)) == text_of(between)
    assert before


def test_a_form_is_drawn_only_for_who_may_say_it(client: Client, cast: Cast, draft: Dispute, mediation: Say) -> None:
    client.force_login(cast.client)
    answer = client.post(do(draft, "reassign"), {})
    assert answer.status_code == 403
    assert cast.agent.name not in answer.content.decode()
    assert post(client, cast.client, do(draft, "cool_off"), hours="9" * 5_000) == 400
    assert post(client, cast.mediator, do(draft, "extend"), hours="9" * 9, reason="Illness.") == 400


def test_a_password_is_never_written_back(client: Client, cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.client, "accept_offer", **offer(cast, mediation, draft))
    client.force_login(cast.client)
    said = {"sha256": draft.agreements.get().sha256, "password": "my secret words"}
    answer = client.post(do(draft, "accept_text"), said)
    assert answer.status_code == 400
    assert "my secret words" not in answer.content.decode()


def test_a_claim_says_what_goes_back_and_keeps_no_deleted_words(client: Client, cast: Cast, draft: Dispute) -> None:
    Dispute.objects.filter(pk=draft.pk).update(claimed_refund_minor=0)
    path = reverse("web:claim", args=[cast.room.pk])
    [field] = re.findall(r'<input[^>]*name="claimed_refund_minor"[^>]*>', page(client, cast.client, path))
    assert 'value=""' in field
    said = {"problem": "quality", "amount_minor": "2200", "statement": "It fails.", "wants": "I would take half."}
    assert post(client, cast.client, path, do="file", claimed_refund_minor="", **said) == 400
    assert post(client, cast.client, path, do="file", claimed_refund_minor="2201", **said) == 400
    assert (state(draft), draft.statements.get().wants) == ("draft", "I would take half.")
    said["wants"] = ""
    assert post(client, cast.client, path, do="file", claimed_refund_minor="0", **said) == 302
    assert (state(draft), draft.statements.get().wants) == ("awaiting_response", "")


@pytest.mark.parametrize("seq", ["0", "-1", "9" * 9, "9" * 30, "9" * 5000, "²", "1.0", ""])
def test_a_link_to_a_message_that_is_not_there_says_so(client: Client, cast: Cast, say: Say, seq: str) -> None:
    say(cast.client, "file")
    path = reverse("web:case_do", args=[Dispute.objects.get().pk, "submit_evidence"])
    named = f"{cast.joint.pk}:{seq}"
    client.force_login(cast.client)
    shown = client.get(path, {"message": named})
    assert shown.status_code == 200
    assert "This message is not there for everyone" in shown.content.decode()
    assert named not in shown.content.decode()
    assert post(client, cast.client, path, kind="message", title="What she saw", message=named) in (400, 404)


def test_a_link_to_a_message_quotes_it(client: Client, cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    sent = cast.say(cast.client, "The checkout fails on my phone.")
    shown = page(client, cast.client, do(draft, "submit_evidence") + f"?message={sent.thread_id}:{sent.seq}")
    assert "The checkout fails on my phone." in text_of(shown)
    assert "is not there for everyone" not in shown


def test_the_bar_is_one_line_for_who_mediates_and_open_for_the_parties(client: Client, cast: Cast) -> None:
    case_in(cast, State.MEDIATING)
    room = f"/rooms/{cast.room.pk}/"
    mine, theirs = (re.search(r'<section class="standing.*?<summary', page(client, who, room), re.DOTALL) for who in
                    (cast.mediator, cast.client))  # fmt: skip
    assert mine is not None
    assert theirs is not None
    assert ("data-lean" in mine[0], "<details open" in mine[0]) == (True, False)
    assert ("data-lean" in theirs[0], "<details open" in theirs[0]) == (False, True)
    assert "In mediation · Opening" in text_of(page(client, cast.mediator, room))
