"""What goes with a draft claim: its writer's alone until the claim is filed, then evidence in the order chosen."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from mediation.conversations.actions import files, messages
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Attachment, Message, Thread
from mediation.conversations.queries.files import download
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.disputes import errors
from mediation.disputes.actions import exhibits, firing
from mediation.disputes.actions.transition import Result, transition
from mediation.disputes.models import Dispute, Evidence, Pick
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.guards.evidence import MOST_PICKS
from mediation.events.models import Event
from tests.cast import Cast
from tests.disputes.cases import check_chains
from tests.disputes.conftest import Say

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {"kind": "term", "title": "The contract", "excerpt": "Two rounds."}


@pytest.fixture
def joint(cast: Cast) -> Thread:
    return cast.room.threads.get(audience="joint", is_main=True)


def talk(cast: Cast, joint: Thread, text: str, *carried: UUID) -> int:
    sent = send_message(Send(author_id=cast.client.pk, thread_id=joint.pk, client_id=uuid4(), body=text, files=carried))
    return sent.seq


def text_file(body: bytes = b"It fails.\n") -> SimpleUploadedFile:
    return SimpleUploadedFile("checkout.txt", body, "text/plain")


def pick(cast: Cast, draft: Dispute, command_id: UUID, **said: Any) -> Result:
    """A new file is kept and chosen."""
    kept = exhibits.keep(user=cast.client, dispute_id=draft.pk, command="pick_evidence", file=text_file())
    payload = {"kind": "file", "title": "What failed"} | said
    return exhibits.pick_with_file(
        user=cast.client, dispute_id=draft.pk, file_id=kept, command_id=command_id, payload=payload
    )


def upload(cast: Cast, draft: Dispute, **said: Any) -> Pick:
    result = pick(cast, draft, uuid4(), **said)
    return Pick.objects.get(pk=result.data["pick_id"])


def test_filing_puts_forward_everything_in_the_order_chosen(
    cast: Cast, draft: Dispute, say: Say, joint: Thread
) -> None:
    seq = talk(cast, joint, "Does it work on phones?")
    say(cast.client, "pick_evidence", **WORDS)
    kept = upload(cast, draft).attachment
    assert kept is not None
    say(cast.client, "pick_evidence", kind="message", title="I asked", message={"thread": joint.pk, "seq": seq})
    said = say(cast.client, "file")
    found = list(draft.evidence.order_by("number").values_list("title", "kind", "sha256", "audience", "submitted_by"))
    assert found == [
        ("The contract", "term", hashlib.sha256(b"Two rounds.").hexdigest(), "joint", cast.client.pk),
        ("What failed", "file", kept.sha256, "joint", cast.client.pk),
        ("I asked", "message", hashlib.sha256(b"Does it work on phones?").hexdigest(), "joint", cast.client.pk),
    ]
    assert not Pick.objects.exists()
    lines = (
        Event.objects.filter(topic_id=joint.pk, type__startswith="dispute.")
        .order_by("seq")
        .values_list("type", flat=True)
    )
    assert list(lines) == ["dispute.file", *["dispute.submit_evidence"] * 3]
    kept.refresh_from_db()
    assert Message.objects.get(pk=kept.message_id).body == "What failed"
    assert download(user=cast.freelancer, attachment_id=kept.pk) == kept
    draft.refresh_from_db()
    assert (draft.state, draft.version) == ("awaiting_response", said.version)
    check_chains(draft.pk)


def test_nobody_else_learns_of_it_before(cast: Cast, draft: Dispute, say: Say, joint: Thread) -> None:
    before = list(Event.objects.values_list("pk", flat=True)), Message.objects.count(), draft.version
    say(cast.client, "pick_evidence", **WORDS)
    kept = upload(cast, draft).attachment
    assert kept is not None
    for person in (cast.freelancer, cast.mediator, cast.supervisor, cast.outsider):
        with pytest.raises(NotFound):
            case_view(draft, person)
        with pytest.raises(NotFound):
            download(user=person, attachment_id=kept.pk)
        with pytest.raises(NotFound):
            say(person, "pick_evidence", **WORDS)
        with pytest.raises(NotFound):
            say(person, "drop_pick", pick_id=Pick.objects.earliest("position").pk)
    assert download(user=cast.client, attachment_id=kept.pk) == kept
    draft.refresh_from_db()
    assert (list(Event.objects.values_list("pk", flat=True)), Message.objects.count(), draft.version) == before
    assert [one["title"] for one in case_view(draft, cast.client)["picks"]] == ["The contract", "What failed"]


def test_a_command_said_twice_picks_drops_and_files_once(cast: Cast, draft: Dispute) -> None:
    def twice(command: str, payload: dict[str, Any]) -> dict[str, Any]:
        command_id = uuid4()
        first, again = (
            transition(actor=cast.client, dispute_id=draft.pk, command=command, payload=payload, command_id=command_id)
            for _ in range(2)
        )
        assert (again.repeated, again.data) == (True, first.data)
        return first.data

    twice("pick_evidence", WORDS)
    other = twice("pick_evidence", WORDS | {"title": "Again"})["pick_id"]
    twice("drop_pick", {"pick_id": UUID(other)})
    twice("file", {})
    assert draft.evidence.get().title == "The contract"


def test_an_upload_said_twice_keeps_one_file(
    cast: Cast, draft: Dispute, django_capture_on_commit_callbacks: Any
) -> None:
    command_id = uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            pick(cast, draft, command_id)
    assert Attachment.objects.get() == Pick.objects.get().attachment


def test_who_may_not_pick_leaves_no_file(cast: Cast, draft: Dispute) -> None:
    with pytest.raises(NotFound):
        exhibits.keep(user=cast.freelancer, dispute_id=draft.pk, command="pick_evidence", file=text_file())
    assert not Attachment.objects.exists()


def test_the_same_source_again_gets_the_new_words(cast: Cast, draft: Dispute, say: Say, joint: Thread) -> None:
    address = {"thread": joint.pk, "seq": talk(cast, joint, "Does it work?")}
    for title in ("I asked", "I asked twice"):
        say(cast.client, "pick_evidence", kind="message", title=title, message=address)
    assert draft.picks.get().title == "I asked twice"


@pytest.mark.parametrize("ends", ["discard", "lapse_draft", "drop_pick"])
def test_what_ends_a_draft_erases_it_and_the_file(
    ends: str, cast: Cast, draft: Dispute, say: Say, django_capture_on_commit_callbacks: Any
) -> None:
    pick = upload(cast, draft)
    assert pick.attachment is not None
    name = pick.attachment.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        if ends == "drop_pick":
            say(cast.client, ends, pick_id=pick.pk)
        elif ends == "discard":
            say(cast.client, ends)
        else:
            with clock.at(clock.now() + timedelta(days=8)):
                firing.fire_due(dispute_id=draft.pk, before=clock.now())
    assert not Pick.objects.exists()
    assert not Attachment.objects.exists()
    assert not default_storage.exists(name)
    draft.refresh_from_db()
    assert draft.state == ("draft" if ends == "drop_pick" else "closed")


def test_a_file_of_the_room_outlives_the_draft(cast: Cast, draft: Dispute, say: Say, joint: Thread) -> None:
    kept = files.upload(user=cast.client, thread_id=joint.pk, file=text_file())
    talk(cast, joint, "Look.", kept.pk)
    say(cast.client, "pick_evidence", kind="file", title="It fails", file_id=kept.pk)
    say(cast.client, "discard")
    assert Attachment.objects.get() == kept


def test_a_kept_upload_is_not_abandoned(cast: Cast, draft: Dispute, joint: Thread) -> None:
    kept = upload(cast, draft).attachment
    files.upload(user=cast.client, thread_id=joint.pk, file=text_file(b"Not kept.\n"))
    with clock.at(clock.now() + timedelta(days=3)):
        assert files.erase_abandoned_uploads() == 1
    assert Attachment.objects.get() == kept


def test_only_ones_own_upload_or_a_file_of_everyone_can_be_picked(
    cast: Cast, draft: Dispute, say: Say, joint: Thread
) -> None:
    theirs = files.upload(user=cast.freelancer, thread_id=joint.pk, file=text_file())
    caucus = Thread.objects.create(room=cast.room, audience="caucus_client", created_at=clock.now())
    private = Attachment.objects.create(
        thread=caucus, uploader=cast.client, name="a.txt", content_type="text/plain", size=1, sha256="0" * 64,
        file="a", created_at=clock.now(),
    )  # fmt: skip
    for file_id in (theirs.pk, private.pk, uuid4()):
        with pytest.raises(NotFound):
            say(cast.client, "pick_evidence", kind="file", title="Not mine", file_id=file_id)
    assert not Pick.objects.exists()


def test_what_was_removed_from_the_room_holds_the_filing_up(
    cast: Cast, draft: Dispute, say: Say, joint: Thread
) -> None:
    seq = talk(cast, joint, "Does it work?")
    kept = files.upload(user=cast.client, thread_id=joint.pk, file=text_file())
    carried = talk(cast, joint, "Look.", kept.pk)
    say(cast.client, "pick_evidence", kind="message", title="I asked", message={"thread": joint.pk, "seq": seq})
    say(cast.client, "pick_evidence", kind="file", title="It fails", file_id=kept.pk)
    for gone in (seq, carried):
        messages.remove_message(user=cast.client, thread_id=joint.pk, seq=gone)
    draft.refresh_from_db()
    assert [one["is_there"] for one in case_view(draft, cast.client)["picks"]] == [False, False]
    with pytest.raises(errors.PickGone):
        say(cast.client, "file")
    for pick in Pick.objects.all():
        say(cast.client, "drop_pick", pick_id=pick.pk)
    say(cast.client, "file")
    with pytest.raises(errors.NotNow):
        say(cast.client, "pick_evidence", **WORDS)


def test_no_more_go_with_a_claim_than_can_be_read(cast: Cast, draft: Dispute, say: Say) -> None:
    for number in range(MOST_PICKS):
        Pick.objects.create(dispute=draft, position=number + 1, kind="term", title="One", excerpt="Words.")
    with pytest.raises(errors.TooManyPicks):
        say(cast.client, "pick_evidence", **WORDS)
    say(cast.client, "drop_pick", pick_id=Pick.objects.latest("position").pk)
    say(cast.client, "pick_evidence", **WORDS)


def test_an_empty_or_unknown_pick_is_refused(cast: Cast, draft: Dispute, say: Say) -> None:
    with pytest.raises(errors.Incomplete):
        say(cast.client, "pick_evidence", kind="term", title="Nothing")
    with pytest.raises(errors.NothingOpen):
        say(cast.client, "drop_pick", pick_id=uuid4())


def test_where_filing_fails_nothing_was_put_forward(
    cast: Cast, draft: Dispute, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick = upload(cast, draft)

    def broken(*said: Any, **fields: Any) -> None:
        raise OSError("full")

    monkeypatch.setattr(Evidence.objects, "create", broken)
    with pytest.raises(OSError, match="full"):
        say(cast.client, "file")
    draft.refresh_from_db()
    assert (draft.state, draft.picks.get()) == ("draft", pick)
    assert Attachment.objects.get().message_id is None
