"""The plain forms of a case's commands: what can be chosen, what is typed, and nothing lost when it is refused."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.rules import Role
from mediation.conversations.actions import files
from mediation.conversations.models import Attachment, Message
from mediation.core import clock
from mediation.disputes.actions import payments
from mediation.disputes.models import Dispute
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import AMOUNT
from tests.disputes.ways import case_in
from tests.web.test_case_pages import do, page, post, text_of

pytestmark = pytest.mark.django_db


def in_the_notes(cast: Cast, who: object, name: str) -> str:
    """A file that was sent to the staff notes; its id."""
    document = SimpleUploadedFile(name, b"The award: a quarter back.\n", "text/plain")
    kept = files.upload(user=who, thread_id=cast.id_of("internal"), file=document)  # type: ignore[arg-type]
    cast.say(who, "The arbitrator's award", audience="internal", files=(kept.pk,))  # type: ignore[arg-type]
    return str(kept.pk)


def test_a_senior_who_mediates_enters_an_award_and_a_colleague_reads_what_they_confirm(
    client: Client, cast: Cast
) -> None:
    cast.mediator.role = Role.SENIOR.value
    cast.mediator.save(update_fields=["role"])
    draft = case_in(cast, State.IN_ARBITRATION).row
    assert "There is nothing to choose from yet." in page(client, cast.mediator, do(draft, "enter_award"))
    award = in_the_notes(cast, cast.mediator, "award.txt")
    assert f'value="{award}"' in page(client, cast.mediator, do(draft, "enter_award"))
    sums = {"refund_minor": "550.00", "release_minor": "1,650.00"}
    assert post(client, cast.mediator, do(draft, "enter_award"), file_id=award, **sums) == 302
    confirming = page(client, cast.senior, do(draft, "record_award"))
    assert "$550.00" in text_of(confirming)
    assert "award.txt" in text_of(confirming)
    link = f"/api/disputes/{draft.pk}/awards/1/file/"
    assert f'href="{link}"' in confirming
    assert b"a quarter back" in b"".join(client.get(link).streaming_content)  # type: ignore[attr-defined]
    assert "Award of the arbitrator" not in page(client, cast.senior, reverse("web:case_file", args=[draft.pk]))
    assert post(client, cast.mediator, do(draft, "record_award")) == 409
    assert post(client, cast.senior, do(draft, "record_award")) == 302
    draft = Dispute.objects.get(pk=draft.pk)
    assert (draft.state, draft.settled_refund_minor, draft.amount_minor) == ("executing", 55_000, AMOUNT)
    told = page(client, cast.client, f"/rooms/{cast.room.pk}/")
    assert f'href="/api/disputes/{draft.pk}/awards/1/file/"' in told
    assert "Decided by the arbitrator" in told
    assert "on its way" in text_of(told)
    file = text_of(page(client, cast.client, reverse("web:case_file", args=[draft.pk])))
    assert "Award of the arbitrator" in file
    assert "award.txt" in file


def test_who_mediated_and_left_is_named_in_the_file_and_other_staff_are_upwork(client: Client, cast: Cast) -> None:
    draft = case_in(cast, State.IN_ARBITRATION).row
    award = in_the_notes(cast, cast.senior, "award.txt")
    sums = {"refund_minor": "550.00", "release_minor": "1,650.00"}
    assert post(client, cast.senior, do(draft, "enter_award"), file_id=award, **sums) == 302
    assert post(client, cast.supervisor, do(draft, "record_award")) == 302
    cast.room.members.filter(user=cast.mediator).update(left_at=clock.now())
    Dispute.objects.filter(pk=draft.pk).update(mediator=None)
    file = page(client, cast.client, reverse("web:case_file", args=[draft.pk]))
    assert cast.mediator.name in file
    assert cast.supervisor.name not in file
    assert cast.senior.name not in file


def test_evidence_is_chosen_among_the_files_of_everyone(client: Client, cast: Cast) -> None:
    draft = case_in(cast, State.MEDIATING).row
    secret = in_the_notes(cast, cast.mediator, "note.txt")
    assert secret not in page(client, cast.mediator, do(draft, "submit_evidence"))
    assert re.search(r'name="file_id"', page(client, cast.client, do(draft, "submit_evidence")))


def test_a_sum_that_could_be_two_is_asked_back_with_how_to_write_it(client: Client, cast: Cast) -> None:
    draft = case_in(cast, State.NEGOTIATING).row
    client.force_login(cast.client)
    until = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    said = {"refund_minor": "1.234", "release_minor": "966", "expires_at": until, "terms": "Tested by Friday"}
    answer = client.post(do(draft, "make_offer"), said)
    assert answer.status_code == 400
    asked_back = answer.content.decode()
    assert "Write the sum like 1,234.56 or 1234.56." in asked_back
    assert 'value="1.234"' in asked_back
    assert "Tested by Friday" in asked_back
    assert not draft.offers.exists()


def test_sums_are_typed_in_the_language_of_who_types(client: Client, cast: Cast) -> None:
    draft = case_in(cast, State.NEGOTIATING).row
    until = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert 'value="2200,00"' in page(client, cast.freelancer, do(draft, "make_offer"))
    said = {"refund_minor": "1.000,50", "release_minor": "1199,50", "expires_at": until}
    assert post(client, cast.freelancer, do(draft, "make_offer"), **said) == 302
    assert draft.offers.get().refund_minor == 100_050


def test_a_share_says_what_it_costs_and_both_see_where_it_is(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    room = reverse("web:room_case", args=[cast.room.pk])
    case.do(cast.client, "elect")
    assert "$291.00" in text_of(page(client, cast.client, do(case.row, "pay_share")))
    assert post(client, cast.client, do(case.row, "pay_share")) == 302
    assert "Share ordered" in text_of(page(client, cast.client, room))
    payments.pay_out()
    assert "Share held in the ledger $291.00" in text_of(page(client, cast.client, room))
    assert "291,00" in text_of(page(client, cast.freelancer, room))
    assert post(client, cast.client, do(case.row, "pay_share")) == 409


def text_file(name: str = "checkout.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"It fails.\n", "text/plain")


def stored() -> tuple[int, int, int]:
    """Files, messages, and what lies in the store."""
    root = Path(default_storage.location)  # type: ignore[attr-defined]
    return Attachment.objects.count(), Message.objects.count(), sum(one.is_file() for one in root.rglob("*"))


def test_evidence_that_is_refused_sends_nothing_and_keeps_one_file_for_the_next_try(
    client: Client, cast: Cast, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = case_in(cast, State.MEDIATING)
    door, said = do(case.row, "submit_evidence"), {"kind": "file", "title": "What failed"}
    before = stored()
    client.force_login(cast.client)
    kept = kept_in(client.post(door, said | {"title": "", "upload": text_file("first.txt")}), 400)
    with django_capture_on_commit_callbacks(execute=True):
        new = {"upload": text_file("second.txt"), "kept": kept, "expected_version": 0}
        kept = kept_in(client.post(door, said | new), 409)
    assert stored() == (before[0] + 1, before[1], before[2] + 1)
    assert kept_in(client.post(door, said | {"kept": kept, "expected_version": 0}), 409) == kept
    assert client.post(door, said | {"kept": kept}).status_code == 302
    assert case.row.evidence.order_by("number").last().attachment.name == "second.txt"
    assert client.post(door, said | {"kept": str(uuid4())}).status_code == 400, "it is not there any more"


def kept_in(answer: Any, status: int) -> str:
    """The file that the form, shown again, says that it has kept."""
    assert answer.status_code == status
    shown = answer.content.decode()
    assert "is kept. Choose another file only to replace it." in shown
    return re.findall(r'name="kept" value="([^"]+)"', shown)[0]


def test_a_retry_finds_the_file_that_was_sent(
    client: Client, cast: Cast, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    draft = case_in(cast, State.MEDIATING).row
    known = draft.evidence.count()
    said = {"kind": "file", "title": "What failed", "command_id": uuid4()}
    assert post(client, cast.client, do(draft, "submit_evidence"), **said, upload=text_file()) == 302
    first = stored()
    with django_capture_on_commit_callbacks(execute=True):
        assert post(client, cast.client, do(draft, "submit_evidence"), **said, upload=text_file()) == 302
    assert stored() == first
    assert draft.evidence.count() == known + 1


def test_a_text_that_changed_is_shown_and_only_the_new_one_can_be_accepted(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.mediator, "propose_text", terms=["Tested by Friday"])
    door = do(case.row, "accept_text")
    [old] = re.findall(r'name="sha256" value="([^"]+)"', page(client, cast.client, door))
    case.do(cast.freelancer, "ask_change", reason="Monday is better.")
    gone = client.post(door, {"sha256": old, "password": "correct horse battery"})
    assert gone.status_code == 302, "there is no text to accept"
    case.do(cast.mediator, "propose_text", terms=["Tested by Monday"])
    for said, status in (({"password": "correct horse battery"}, 409), ({"password": "wrong"}, 400)):
        answer = client.post(door, {"sha256": old, **said})
        assert answer.status_code == status
        shown = answer.content.decode()
        assert "The text has changed since you opened this page" in shown
        assert "Tested by Monday" in shown
        [new] = re.findall(r'name="sha256" value="([^"]+)"', shown)
        assert new != old
    assert post(client, cast.client, door, sha256=new, password="correct horse battery") == 302
    assert case.row.agreements.get(void_at=None).acceptances.get().sha256 == new
