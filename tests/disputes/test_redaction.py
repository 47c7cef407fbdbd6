"""A message whose file is evidence: its author cannot take it away; staff can take it out of view, for a reason, and
the exhibit keeps its fingerprint.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from mediation.conversations.actions import files, messages
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.errors import FileIsKept, NoReason, NotYours
from mediation.conversations.models import Attachment, Message
from mediation.conversations.queries.files import download
from mediation.core.errors import NotFound
from mediation.disputes.queries.case import case_view
from mediation.disputes.queries.exhibits import file_of
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case, check_chains
from tests.disputes.ways import case_in

WHY = "It shows somebody's passport."


@pytest.fixture(autouse=True)
def own_store(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def carried(cast: Cast) -> Message:
    """Helen's message with two files."""
    made = [
        files.upload(user=cast.client, thread_id=cast.joint.pk, file=SimpleUploadedFile(name, text)).pk
        for name, text in (("plan.txt", b"The plan."), ("other.txt", b"Another."))
    ]
    sent = send_message(Send(cast.client.pk, cast.joint.pk, uuid4(), "See both.", files=tuple(made)))
    return Message.objects.get(thread=sent.thread_id, seq=sent.seq)


def plan() -> Attachment:
    return Attachment.objects.get(name="plan.txt")


@pytest.fixture
def case(cast: Cast) -> Case:
    """Evidence is closed; the first of the two files is an exhibit."""
    case = case_in(cast, State.MEDIATING)
    carried(cast)
    case.do(cast.client, "submit_evidence", kind="file", title="The plan", file_id=plan().pk, excerpt="")
    case.do(cast.mediator, "close_evidence")
    return case


def remove(case: Case, who: User, reason: str = WHY) -> Message:
    message = plan().message
    assert message is not None
    return messages.remove_message(user=who, thread_id=message.thread_id, seq=message.seq, reason=reason)


def exhibit(case: Case, who: User) -> dict[str, Any]:
    return next(one for one in case_view(case.row, who)["evidence"] if one["title"] == "The plan")


def number(case: Case) -> int:
    return case.row.evidence.get(title="The plan").number


def test_parties_take_nothing_away_that_is_an_exhibit(case: Case) -> None:
    for who, refusal in ((case.cast.client, FileIsKept), (case.cast.freelancer, NotYours)):
        with pytest.raises(refusal):
            remove(case, who)
    assert Message.objects.filter(removed_at__isnull=False).count() == 0
    assert Attachment.objects.filter(message__isnull=False).count() == 2, "nothing of it is gone"


@pytest.mark.parametrize("role", ["mediator", "supervisor"])
def test_staff_take_it_out_of_view_and_the_exhibit_keeps_its_fingerprint(case: Case, role: str) -> None:
    cast, staff = case.cast, getattr(case.cast, role)
    before, file = exhibit(case, cast.freelancer), plan()
    with pytest.raises(NoReason):
        remove(case, staff, reason=" ")
    gone = remove(case, staff)
    assert (gone.body, gone.files, gone.removed_reason) == ("", [], WHY)
    assert not Attachment.objects.filter(name="other.txt").exists(), "what no case rests on is erased"
    for party in (cast.client, cast.freelancer):
        with pytest.raises(NotFound):
            download(user=party, attachment_id=file.pk)
        with pytest.raises(NotFound):
            file_of(user=party, dispute_id=case.id, number=number(case))
        after = exhibit(case, party)
        assert (after["file"], after["sha256"]) == (None, before["sha256"])
        assert after["redacted"]["reason"] == WHY
    assert default_storage.exists(file_of(user=staff, dispute_id=case.id, number=number(case)).file.name)
    check_chains(case.id)


def test_what_is_out_of_view_is_put_forward_by_nobody_again(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    carried(cast)
    said = {"kind": "file", "title": "The plan", "file_id": plan().pk, "excerpt": ""}
    case.do(cast.client, "submit_evidence", **said)
    remove(case, cast.mediator)
    with pytest.raises(NotFound):
        case.do(cast.client, "submit_evidence", **said)


def test_a_document_of_the_notes_stays(cast: Cast) -> None:
    """An award rests on it, and nobody outside of the staff reads it."""
    case = case_in(cast, State.IN_ARBITRATION)
    file = files.upload(user=cast.senior, thread_id=cast.id_of("internal"), file=SimpleUploadedFile("a.txt", b"So."))
    sent = send_message(Send(cast.senior.pk, cast.id_of("internal"), uuid4(), "The award.", files=(file.pk,)))
    case.do(cast.senior, "enter_award")
    with pytest.raises(FileIsKept):
        messages.remove_message(user=cast.supervisor, thread_id=sent.thread_id, seq=sent.seq, reason=WHY)


def test_the_pages_and_the_case_file_say_so(client: Client, case: Case) -> None:
    remove(case, case.cast.mediator)
    client.force_login(case.cast.client)
    room = client.get(f"/rooms/{case.row.room_id}/").content.decode()
    book = client.get(f"/cases/{case.id}/file/").content.decode()
    sha256 = case.row.evidence.get(title="The plan").sha256
    for page in (room, book):
        assert "out of view" in page
        assert "passport" in page
    assert sha256 in book
    assert client.get(f"/api/disputes/{case.id}/evidence/{number(case)}/file/").status_code == 404


def said_and_shown(case: Case) -> Message:
    """Helen's words, put forward as evidence."""
    cast = case.cast
    sent = send_message(Send(cast.client.pk, cast.joint.pk, uuid4(), "Call me at 555-1234."))
    source = {"thread": sent.thread_id, "seq": sent.seq}
    case.do(cast.client, "submit_evidence", kind="message", title="The plan", message=source, excerpt="")
    return Message.objects.get(thread=sent.thread_id, seq=sent.seq)


@pytest.mark.parametrize("who", ["mediator", "client"])
def test_words_that_staff_take_away_are_gone_from_the_exhibit_and_ones_own_are_not(cast: Cast, who: str) -> None:
    case = case_in(cast, State.MEDIATING)
    message = said_and_shown(case)
    before = exhibit(case, cast.freelancer)
    assert before["excerpt"] == "Call me at 555-1234."
    messages.remove_message(user=getattr(cast, who), thread_id=message.thread_id, seq=message.seq, reason=WHY)
    for party in (cast.client, cast.freelancer):
        seen = exhibit(case, party)
        assert seen["excerpt"] == ("" if who == "mediator" else before["excerpt"])
        assert bool(seen["redacted"]) == (who == "mediator")
        assert seen["sha256"] == before["sha256"]
    assert exhibit(case, cast.mediator)["excerpt"] == before["excerpt"], "who decides still knows what it was"
