"""Files that become evidence: nothing is decoded while anything is locked, what is refused is kept for the next try and
swept, and nobody uses what is somebody else's.
"""

from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from mediation.conversations.actions import files
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.errors import FileGone
from mediation.conversations.models import Attachment, Message
from mediation.conversations.rules import images
from mediation.core.errors import Conflict, NotFound, Refused
from mediation.disputes.actions import exhibits
from mediation.disputes.errors import IdUsed, NotYours, StaleVersion
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.conversations.hostile_files import picture
from tests.disputes.cases import Case
from tests.disputes.stories import later
from tests.disputes.ways import case_in, start

SAID = {"kind": "file", "title": "What failed"}


@pytest.fixture(autouse=True)
def own_store(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def keep(case: Case, who: Any = None, command: str = "submit_evidence", **also: Any) -> UUID:
    said = {"user": who or case.cast.client, "dispute_id": case.id, "command": command}
    return exhibits.keep(file=SimpleUploadedFile("checkout.png", picture()), **said, **also)


def submit(case: Case, file_id: UUID, **said: Any) -> Any:
    about = {"user": case.cast.client, "dispute_id": case.id, "command_id": uuid4(), "expected_version": None}
    return exhibits.submit_with_file(file_id=file_id, payload=SAID, **about | said)


def test_no_picture_is_decoded_inside_a_transaction(live_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case, seen = case_in(live_cast, State.MEDIATING), []
    decode = images.without_metadata

    def watched(*how: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return decode(*how)

    monkeypatch.setattr(images, "without_metadata", watched)
    submit(case, keep(case))
    case.do(live_cast.client, "withdraw")
    draft = start(live_cast)
    kept = keep(draft, command="pick_evidence")
    said = {"user": live_cast.client, "dispute_id": draft.id, "command_id": uuid4()}
    exhibits.pick_with_file(file_id=kept, payload=SAID, **said)
    assert seen == [False, False]


def test_what_is_refused_is_kept_for_the_next_try_and_then_used(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    kept, before = keep(case), Message.objects.count()
    with pytest.raises(StaleVersion):
        submit(case, kept, expected_version=0)
    assert Message.objects.count() == before, "nothing was sent"
    assert exhibits.kept_before(user=cast.client, dispute_id=case.id, file_id=kept).name == "checkout.png"
    submit(case, kept)
    assert Message.objects.count() == before + 2, "the file, and the line of the case"
    assert case.row.evidence.order_by("number").last().attachment_id == kept


def test_what_is_refused_and_not_tried_again_is_swept(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    case = case_in(cast, State.MEDIATING)
    kept = keep(case)
    case.do(cast.mediator, "close_evidence")
    with pytest.raises(Conflict):
        submit(case, kept)
    name = str(Attachment.objects.get(pk=kept).file.name)
    with later(hours=25), django_capture_on_commit_callbacks(execute=True):
        files.erase_abandoned_uploads()
    assert (Attachment.objects.filter(pk=kept).exists(), default_storage.exists(name)) == (False, False)
    with pytest.raises(FileGone):
        exhibits.kept_before(user=cast.client, dispute_id=case.id, file_id=kept)


def test_a_message_without_the_file_is_not_taken_for_the_one_that_carries_it(cast: Cast) -> None:
    case, command_id = case_in(cast, State.MEDIATING), uuid4()
    kept, client_id = keep(case), uuid5(command_id, "file")
    said = Send(author_id=cast.client.pk, thread_id=cast.id_of("joint"), client_id=client_id, body="Something else")
    send_message(said)
    with pytest.raises(IdUsed):
        submit(case, kept, command_id=command_id)
    assert Attachment.objects.filter(pk=kept, message__isnull=True).exists()


def test_another_file_replaces_the_one_that_was_kept(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    case = case_in(cast, State.MEDIATING)
    known = set(Attachment.objects.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        first = keep(case)
        second = keep(case, instead_of=first)
    assert set(Attachment.objects.values_list("pk", flat=True)) - known == {second}


def test_only_ones_own_that_nobody_uses_is_let_go(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    sent, theirs = keep(case), keep(case, who=cast.freelancer)
    submit(case, sent)
    for other in (sent, theirs):
        keep(case, instead_of=other)
        assert Attachment.objects.filter(pk=other).exists()


def test_a_file_of_somebody_else_or_of_another_case_is_not_there(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    theirs = keep(case, who=cast.freelancer)
    with pytest.raises(FileGone):
        exhibits.kept_before(user=cast.client, dispute_id=case.id, file_id=theirs)
    with pytest.raises(Refused):
        submit(case, theirs)
    mine = keep(case)
    with pytest.raises(FileGone):
        exhibits.kept_before(user=cast.client, dispute_id=uuid4(), file_id=mine)


def test_who_never_says_it_keeps_nothing(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    known = Attachment.objects.count()
    for person, refusal in ((cast.outsider, NotFound), (cast.analyst, NotFound), (cast.senior, NotYours)):
        with pytest.raises(refusal):
            keep(case, who=person)
    assert Attachment.objects.count() == known


def test_said_again_with_a_new_copy_nothing_is_sent_twice(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    case, command_id = case_in(cast, State.MEDIATING), uuid4()
    known = Attachment.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        first, again = (submit(case, keep(case), command_id=command_id) for _ in range(2))
    assert (again.repeated, again.data) == (True, first.data)
    assert Attachment.objects.count() == known + 1
