"""What the forms of a case say: what a command does, what is asked, what stands already, what is wrong and where."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from mediation.conversations.models import Message
from mediation.core import clock
from mediation.disputes.forms import FORMS
from mediation.disputes.models import Policy
from mediation.disputes.rules.states import State
from mediation.disputes.rules.table import COMMANDS
from mediation.disputes.words import PHASES
from mediation.web import case_references, command_notes
from tests.cast import Cast
from tests.disputes.cases import AMOUNT
from tests.disputes.stories import later
from tests.disputes.ways import case_in
from tests.web.test_case_pages import do, page, post, text_of

pytestmark = pytest.mark.django_db


def test_a_form_says_what_its_command_does_and_every_note_is_of_a_command(client: Client, cast: Cast) -> None:
    assert set(command_notes.NOTES) <= COMMANDS
    draft = case_in(cast, State.MEDIATING).row
    told = text_of(page(client, cast.client, do(draft, "object_to_mediator")))
    assert "The mediator does not learn why you object." in told


# What they are about stands in the page: the words, the claim's steps, the phases, the award, the share.
SHOWN = {
    "advance_phase",
    "step_back",
    "drop_pick",
    "file",
    "keep_promise",
    "pay_share",
    "record_award",
    "withdraw_request",
}


def test_nobody_is_asked_to_confirm_a_page_that_says_nothing() -> None:
    bare = {name for name, form in FORMS.items() if form().fields.keys() <= case_references.CARRIED}
    assert len(bare) > len(SHOWN)
    assert bare - SHOWN <= command_notes.NOTES.keys()


def test_what_is_accepted_decided_or_shared_stands_in_its_form(client: Client, cast: Cast) -> None:
    filed = case_in(cast, State.AWAITING_RESPONSE).row
    User.objects.update(language="en")
    claimed = f"${filed.claimed_refund_minor / 100:,.2f}"
    accepting = text_of(page(client, cast.freelancer, do(filed, "accept_full")))
    assert claimed in accepting
    assert "paid as it stands" in accepting


def test_who_agrees_to_sealed_bids_reads_the_rule(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.mediator, "open_bidding")
    assert "if not, nobody learns by how much" in text_of(page(client, cast.client, do(case.row, "agree_to_bidding")))


def test_a_second_reader_reads_what_they_vouch_for(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    for command in ("close_evidence", "draft_recommendation"):
        case.do(cast.mediator, command)
    finding = case.row.recommendations.get().findings.get().text
    assert finding
    assert finding in text_of(page(client, cast.senior, do(case.row, "second_read")))


def test_who_answers_a_recommendation_reads_it_beside_the_answer(client: Client, cast: Cast) -> None:
    draft = case_in(cast, State.RECOMMENDED).row
    sums = draft.recommendations.get()
    told = text_of(page(client, cast.client, do(draft, "answer")))
    assert f"${sums.refund_minor / 100:,.2f}" in told
    assert f"${sums.release_minor / 100:,.2f}" in told


def test_what_was_asked_is_answered_in_its_form_and_never_with_nothing(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.mediator, "make_request", asked_of=cast.client.pk)
    door = f"{do(case.row, 'answer_request')}?request_id={case.row.requests.get().pk}"
    assert f'data-kind="main" href="{door}"' not in page(client, cast.freelancer, f"/rooms/{cast.room.pk}/")
    room = page(client, cast.client, f"/rooms/{cast.room.pk}/")
    assert re.search(rf'href="{re.escape(door)}"[^>]*data-kind="main"[^>]*>Answer what the mediator asked<', room)
    assert '<textarea id="f-text"' in page(client, cast.client, door)
    said = {"request_id": case.row.requests.get().pk, "command_id": uuid4()}
    before = Message.objects.count()
    assert post(client, cast.client, door, **said, text=" ") == 400
    assert case.row.requests.get().answered_at is None
    assert Message.objects.count() == before
    said["command_id"] = uuid4()
    for _again in range(2):  # the same command, sent twice, says the words once
        assert post(client, cast.client, door, **said, text="The contract is in the room.") == 302
    told = Message.objects.get(author=cast.client, body="The contract is in the room.")
    assert (told.thread.audience, case.row.requests.get().answered_at is None) == ("joint", False)


def test_who_has_sent_what_was_asked_need_not_say_it_again(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    cast.say(cast.client, "Before anything was asked.")
    with later(minutes=5):
        case.do(cast.mediator, "make_request", asked_of=cast.client.pk)
    said = {"request_id": case.row.requests.get().pk}
    with later(minutes=10):
        cast.say(cast.client, "To the mediator alone.", audience="caucus_client")
        assert post(client, cast.client, do(case.row, "answer_request"), **said) == 400
        cast.say(cast.client, "Here is the contract.")
        assert post(client, cast.client, do(case.row, "answer_request"), **said) == 302


def test_an_offer_that_replaces_ones_own_says_so_and_must_differ(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    until = (clock.now() + timedelta(days=9)).replace(second=30)
    sums = {"refund_minor": 60_000, "release_minor": AMOUNT - 60_000}
    case.say(
        cast.client, "make_offer", **sums, terms=["Tested by Friday", "On two phones"], note="Please.", expires_at=until
    )
    door = do(case.row, "make_offer")
    assert "This one replaces it" not in page(client, cast.freelancer, door)
    html = page(client, cast.client, door)
    assert re.search(r"Your offer 1 stands until .*This one replaces it\.", text_of(html))
    assert "Tested by Friday\nOn two phones</textarea>" in html
    said = {
        "refund_minor": "600.00",
        "release_minor": "1,600.00",
        "terms": "Tested by Friday\nOn two phones",
        "note": "Please.",
        "expires_at": re.search(r'name="expires_at" value="([^"]+)"', html)[1],  # type: ignore[index]
    }
    assert post(client, cast.client, door, **said) == 409
    assert case.row.offers.count() == 1
    assert post(client, cast.client, door, **said | {"terms": "Tested by Friday"}) == 302
    assert [one.status for one in case.row.offers.order_by("number")] == ["superseded", "open"]
    told = text_of(page(client, cast.client, f"/rooms/{cast.room.pk}/"))
    assert re.search(r"Answer offer 1 .{0,40}Mateo · replaced", told)  # he never answered it
    assert "Mateo · done" not in told.partition("Answer offer 1")[2][:60]


def test_evidence_offers_what_its_form_can_take_and_names_what_is_missing(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    sent = cast.say(cast.client, "It fails on my phone.")
    door, message = do(case.row, "submit_evidence"), 'type="radio" name="kind" value="message"'
    assert message not in page(client, cast.client, door)
    assert message in page(client, cast.client, f"{door}?message={sent.thread_id}:{sent.seq}")
    client.force_login(cast.client)
    answer = client.post(door, {"kind": "term", "title": "The contract and nothing"})
    asked = answer.content.decode()
    assert answer.status_code == 400
    assert '<a class="link" href="#f-excerpt">In words</a>: Choose a file or upload one' in asked
    assert "Something is missing" not in asked
    assert not case.row.evidence.filter(title="The contract and nothing").exists()


def test_another_phase_is_named_in_its_form_and_in_the_room(client: Client, cast: Cast) -> None:
    User.objects.update(language="en")
    case = case_in(cast, State.MEDIATING)
    before = PHASES[case.row.phase]
    told = text_of(page(client, cast.mediator, do(case.row, "advance_phase")))
    case.do(cast.mediator, "advance_phase")
    now = PHASES[case.row.phase]
    assert f"The mediation goes from “{before}” to “{now}”." in told
    assert f"goes from “{now}” to “{before}”" in text_of(page(client, cast.mediator, do(case.row, "step_back")))
    for who, said in ((cast.mediator, "You went on"), (cast.client, "Ana went on")):
        assert f"{said} to the next phase: {now}." in text_of(page(client, who, f"/rooms/{cast.room.pk}/"))


def test_a_form_of_an_older_window_says_who_acted_and_leaves_only_a_way_back(client: Client, cast: Cast) -> None:
    User.objects.update(language="en")
    case = case_in(cast, State.NEGOTIATING)
    case.do(cast.freelancer, "make_offer")
    named = {"offer_id": case.row.offers.get().pk, "offer_version": 1, "expected_version": case.row.version}
    client.force_login(cast.client)
    case.do(cast.client, "decline_offer")
    late = client.post(do(case.row, "accept_offer"), named)
    assert late.status_code == 409
    html = late.content.decode()
    assert "You did something else in this case meanwhile, in another window." in text_of(html)
    assert "See where it stands" in html
    assert '<form method="post" class="case-form"' not in html
    case.do(cast.freelancer, "make_offer", refund_minor=70_000, release_minor=AMOUNT - 70_000)
    stale = client.post(do(case.row, "make_offer"), {"expected_version": 1, **case_sums()}).content.decode()
    assert "Somebody acted just before you" in text_of(stale)
    assert '<form method="post" class="case-form"' in stale  # this can be said again


def case_sums() -> dict[str, str]:
    until = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    return {"refund_minor": "500.00", "release_minor": "1,700.00", "expires_at": until}


def test_who_has_too_many_cases_can_still_say_a_reason_in_the_form(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.ESCALATED)
    Policy.objects.filter(pk=case.row.policy_id).update(terms={"cases_at_once": 0})
    client.force_login(cast.agent)
    refused = client.post(do(case.row, "claim"), {"override_reason": ""})
    assert refused.status_code >= 400
    assert '<form method="post" class="case-form"' in refused.content.decode()


def test_what_is_wrong_with_an_offer_stands_at_its_field(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    client.force_login(cast.client)
    asked = client.post(do(case.row, "make_offer"), case_sums() | {"refund_minor": "2,300.00"}).content.decode()
    assert '<a class="link" href="#f-refund_minor">' in asked
    assert re.search(r'id="f-refund_minor"[^>]*aria-invalid="true"', asked)
    soon = (clock.now() + timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M")
    asked = client.post(do(case.row, "make_offer"), case_sums() | {"expires_at": soon}).content.decode()
    assert re.search(r'href="#f-expires_at">It stands until</a>: .* The earliest is .+ in your time, UTC\.', asked)


def test_the_sums_of_who_takes_no_side_begin_nowhere(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    form = page(client, cast.mediator, do(case.row, "propose_text"))
    for name in ("refund_minor", "release_minor"):
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', form)
        assert field is not None
        assert not re.search(r'value="[^"]+"', field[0]), "a sum that is there already is one side's"


def test_who_writes_a_recommendation_has_both_statements_and_the_distance_before_them(
    client: Client, cast: Cast
) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.mediator, "close_evidence")
    form = text_of(page(client, cast.mediator, do(case.row, "draft_recommendation")))
    for statement in case.row.statements.all():
        assert statement.body in form
    assert "Opening statements" in form
    assert "Opening statements" not in text_of(page(client, cast.mediator, do(case.row, "make_request")))
