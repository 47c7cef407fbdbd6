"""Files: only what they say they are, seen by nobody before a message carries them, gone with it."""

import hashlib
import io
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mediation.conversations.actions import rooms
from mediation.conversations.actions.files import erase_abandoned_uploads, make_thumbnail, upload
from mediation.conversations.actions.messages import remove_message
from mediation.conversations.errors import FileTooLarge, TooManyUploads
from mediation.conversations.models import Attachment, Thread
from mediation.conversations.queries.files import download, pictures_without_thumbnail, thumbnail
from mediation.conversations.queries.history import page_before
from mediation.conversations.rules.files import NAME_LENGTH, clean_name
from mediation.core import clock
from mediation.core.errors import Forbidden, Invalid, NotFound
from mediation.events.models import Event
from tests.cast import Cast
from tests.conversations.hostile_files import GOOD, HOSTILE, PDF, moving, photo_with_place, picture


@pytest.fixture(autouse=True)
def own_media(tmp_path: Path, settings) -> Iterator[Path]:
    """Uploads of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file())


def put(
    cast: Cast, name: str = "a.png", data: bytes | None = None, *, user=None, thread: Thread | None = None
) -> Attachment:
    file = SimpleUploadedFile(name, GOOD["a.png"] if data is None else data, content_type="text/html")
    return upload(user=user or cast.client, thread_id=(thread or cast.joint).pk, file=file)


# --- what is taken -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOOD)
def test_a_declared_file_is_taken_as_what_it_is(cast: Cast, name: str) -> None:
    kept = put(cast, name, GOOD[name])
    with kept.file.open("rb") as file:
        data = file.read()
    assert (kept.size, kept.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert kept.content_type != "text/html"
    assert data == GOOD[name] or kept.width


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_leaves_nothing(cast: Cast, name: str, own_media: Path) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(Invalid):
            put(cast, name, HOSTILE[name])
        assert tracemalloc.get_traced_memory()[1] < 256 * 1024**2
    finally:
        tracemalloc.stop()
    assert not Attachment.objects.exists()
    assert stored(own_media) == 0


def test_a_file_has_a_largest_size(cast: Cast, settings) -> None:
    settings.ATTACHMENT_MAX_BYTES = len(PDF)
    put(cast, "a.pdf", PDF)
    with pytest.raises(FileTooLarge):
        put(cast, "a.pdf", PDF + b" ")


def test_a_picture_loses_what_the_camera_wrote_and_stays_upright(cast: Cast) -> None:
    original = photo_with_place()
    assert b"SECRET-PLACE" in original
    kept = put(cast, "a.jpg", original)
    with kept.file.open("rb") as file:
        data = file.read()
    exif = Image.open(io.BytesIO(data)).getexif()
    assert b"SECRET-PLACE" not in data
    assert dict(exif) == {0x0112: 6}
    assert not exif.get_ifd(0x8825)
    assert (kept.width, kept.height) == (30, 40)


def test_what_hangs_behind_a_picture_is_cut_off(cast: Cast) -> None:
    for name, data in (("a.png", picture()), ("a.gif", picture("GIF")), ("a.jpg", picture("JPEG"))):
        kept = put(cast, name, data + b"<script>alert(1)</script>" + HOSTILE["slip.zip"])
        with kept.file.open("rb") as file:
            assert b"script" not in file.read()


def test_a_moving_picture_still_moves(cast: Cast) -> None:
    kept = put(cast, "a.gif", moving(frames=5))
    with kept.file.open("rb") as file:
        assert Image.open(file).n_frames == 5


def test_the_name_on_disk_says_nothing(cast: Cast) -> None:
    assert "invoice" not in put(cast, "invoice.pdf", PDF).file.name
    assert not put(cast, "invoice.pdf", PDF).file.name.endswith(".pdf")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\a.txt", "a.txt"),
        ("a\u202etxt.gpj.txt", "atxt.gpj.txt"),
        ("a\r\nContent-Type: x.txt", "aContent-Type_ x.txt"),
        ('"<a>"|?*.txt', "__a_____.txt"),
        (" . .txt", "file.txt"),
        ("e\u0301.txt", "é.txt"),
        ("a" * 300 + ".txt", "a" * 116 + ".txt"),
    ],
)
def test_names_are_cleaned(name: str, shown: str) -> None:
    assert clean_name(name) == shown


@given(st.text(max_size=300))
def test_no_name_gets_through_unclean(name: str) -> None:
    shown = clean_name(name)
    assert 0 < len(shown) <= NAME_LENGTH
    assert not set(shown) & set('/\\\x00\r\n"<>\u202e\u2066\u200b')
    assert clean_name(shown) == shown


def test_somebody_can_only_have_so_many_files_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediation.conversations.actions.files.MOST_WAITING", 2)
    put(cast), put(cast)
    with pytest.raises(TooManyUploads):
        put(cast)


def test_files_go_where_one_may_write(cast: Cast) -> None:
    cast.mediate()
    for user, audience, refusal in (
        ("outsider", "joint", NotFound),
        ("client", "caucus_freelancer", NotFound),
        ("supervisor", "joint", Forbidden),
        ("supervisor", "caucus_client", NotFound),
        ("admin", "internal", NotFound),
    ):
        with pytest.raises(refusal):
            put(cast, user=getattr(cast, user), thread=cast.thread(audience))
    assert not Attachment.objects.exists()


# --- who may open one ----------------------------------------------------------------------------------------


def test_before_it_is_sent_only_its_uploader_opens_it(cast: Cast) -> None:
    kept = put(cast)
    assert download(user=cast.client, attachment_id=kept.pk) == kept
    for who in (cast.freelancer, cast.outsider):
        with pytest.raises(NotFound):
            download(user=who, attachment_id=kept.pk)


def test_a_sent_file_is_opened_by_the_readers_of_its_thread(cast: Cast) -> None:
    cast.mediate()
    kept = put(cast, thread=cast.thread("caucus_client"))
    cast.say(cast.client, "", audience="caucus_client", files=(kept.pk,))
    for who in (cast.client, cast.mediator):
        assert download(user=who, attachment_id=kept.pk) == kept
    for who in (cast.freelancer, cast.outsider, cast.supervisor, cast.agent, cast.admin):
        with pytest.raises(NotFound):
            download(user=who, attachment_id=kept.pk)
    rooms.leave_room(user=cast.mediator, room_id=cast.room.pk)
    with pytest.raises(NotFound):
        download(user=cast.mediator, attachment_id=kept.pk)


def test_a_file_cannot_be_sent_by_somebody_else_elsewhere_or_twice(cast: Cast) -> None:
    cast.mediate()
    kept = put(cast)
    for author, audience in ((cast.freelancer, "joint"), (cast.client, "caucus_client")):
        with pytest.raises(Invalid):
            cast.say(author, "Look", audience=audience, files=(kept.pk,))
    cast.say(cast.client, "Look", files=(kept.pk,))
    with pytest.raises(Invalid):
        cast.say(cast.client, "Look again", files=(kept.pk,))


@pytest.mark.django_db(transaction=True)
def test_a_removed_message_takes_its_files_along(live_cast: Cast, own_media: Path) -> None:
    kept = put(live_cast)
    sent = live_cast.say(live_cast.client, "Look", files=(kept.pk,))
    make_thumbnail(attachment_id=kept.pk)
    assert stored(own_media) == 2
    remove_message(user=live_cast.client, thread_id=sent.thread_id, seq=sent.seq)
    for who in (live_cast.client, live_cast.freelancer):
        with pytest.raises(NotFound):
            download(user=who, attachment_id=kept.pk)
    assert stored(own_media) == 0


def test_a_file_that_is_not_there_is_refused_like_a_foreign_one(cast: Cast) -> None:
    with pytest.raises(NotFound):
        download(user=cast.client, attachment_id=uuid4())


def test_uploads_that_are_never_sent_are_erased_after_a_day(cast: Cast, own_media: Path) -> None:
    sent, forgotten = put(cast), put(cast)
    cast.say(cast.client, "Look", files=(sent.pk,))
    assert erase_abandoned_uploads() == 0
    with clock.at(clock.now() + timedelta(hours=25)):
        assert erase_abandoned_uploads() == 1
        assert erase_abandoned_uploads() == 0
    assert list(Attachment.objects.all()) == [sent]
    assert not default_storage.exists(forgotten.file.name)


# --- thumbnails ----------------------------------------------------------------------------------------------


def test_a_sent_picture_gets_one_thumbnail_and_one_event(cast: Cast) -> None:
    kept = put(cast, data=picture(size=(2000, 1000)))
    assert make_thumbnail(attachment_id=kept.pk) is None, "nobody sees it yet"
    sent = cast.say(cast.client, "Look", files=(kept.pk,))
    assert pictures_without_thumbnail({(sent.thread_id, sent.seq)}) == [kept.pk]
    for _ in range(2):
        make_thumbnail(attachment_id=kept.pk)
    assert pictures_without_thumbnail({(sent.thread_id, sent.seq)}) == []
    assert list(Event.objects.filter(type="file.ready").values_list("target_seq", flat=True)) == [sent.seq]
    shown = page_before(user=cast.freelancer, thread_id=sent.thread_id).messages[-1]
    assert (shown["rev"], shown["files"][0]["thumb"], shown["files"][0]["width"]) == (2, True, 2000)
    with thumbnail(user=cast.freelancer, attachment_id=kept.pk).thumbnail.open("rb") as file:
        assert Image.open(file).size == (480, 240)


def test_what_is_no_picture_has_no_thumbnail(cast: Cast) -> None:
    kept = put(cast, "a.pdf", PDF)
    cast.say(cast.client, "Look", files=(kept.pk,))
    assert make_thumbnail(attachment_id=kept.pk) is None
    with pytest.raises(NotFound):
        thumbnail(user=cast.client, attachment_id=kept.pk)


def test_a_picture_that_cannot_be_drawn_stays_a_file(cast: Cast, own_media: Path) -> None:
    kept = put(cast)
    cast.say(cast.client, "Look", files=(kept.pk,))
    Path(kept.file.path).write_bytes(b"broken")
    assert make_thumbnail(attachment_id=kept.pk) is None
    assert stored(own_media) == 1
