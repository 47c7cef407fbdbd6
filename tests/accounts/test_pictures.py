"""Pictures of people: what comes in is redrawn, what goes out is private."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts import actions, pictures
from accounts.queries import avatar_url
from tests.accounts.test_profile import SAID
from tests.cast import Cast


def image(width: int = 640, height: int = 480, kind: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind, **options)
    return out.getvalue()


def send(client: Client, content: bytes, name: str = "me.jpg", kind: str = "image/jpeg") -> int:
    form = SAID | {"picture": SimpleUploadedFile(name, content, kind)}
    return client.post("/settings/profile/", form).status_code


@pytest.fixture(autouse=True)
def own_media(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_picture_becomes_a_small_webp_without_metadata(cast: Cast, helen: Client) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret about the place"
    assert send(helen, image(exif=exif)) == 302
    cast.client.refresh_from_db()
    kept = cast.client.avatar.read()
    assert b"secret" not in kept
    with Image.open(BytesIO(kept)) as face:
        assert (face.format, face.size, dict(face.getexif())) == ("WEBP", (256, 256), {})


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_other_kinds_are_taken(helen: Client, kind: str) -> None:
    assert send(helen, image(kind=kind)) == 302


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a<script>alert(1)</script>",
        b"%PDF-1.7 not a picture",
        b"\xff\xd8\xff\xe0" + b"\x00" * 64,
        image()[:200],
        b"MZ\x90\x00",
    ],
)
def test_hostile_files_are_refused_with_a_sentence(cast: Cast, helen: Client, content: bytes) -> None:
    assert send(helen, content) == 422
    cast.client.refresh_from_db()
    assert not cast.client.avatar


def test_markup_behind_a_real_picture_does_not_survive(cast: Cast, helen: Client) -> None:
    assert send(helen, image() + b"<script>alert(1)</script>") == 302
    cast.client.refresh_from_db()
    assert b"<script>" not in cast.client.avatar.read()


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PICTURE_MAX_PIXELS", 1000)
    with pytest.raises(pictures.NotAPicture, match="too many pixels"):
        pictures.face_from(BytesIO(image()), 1)


def test_a_file_over_five_megabytes_is_refused(helen: Client) -> None:
    assert send(helen, image() + b"\x00" * (5 * 1024 * 1024)) == 422


def test_a_picture_can_be_replaced_and_removed(
    cast: Cast, helen: Client, django_capture_on_commit_callbacks: object
) -> None:
    send(helen, image())
    cast.client.refresh_from_db()
    first = cast.client.avatar.path
    with django_capture_on_commit_callbacks(execute=True):
        send(helen, image(kind="PNG"))
    cast.client.refresh_from_db()
    assert cast.client.avatar.path != first
    assert not cast.client.avatar.storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        helen.post("/settings/profile/", SAID | {"remove_picture": "on"})
    cast.client.refresh_from_db()
    assert not cast.client.avatar


def face_of(cast: Cast) -> str:
    actions.set_picture(user=cast.client, picture=pictures.face_from(BytesIO(image()), 1))
    url = avatar_url(cast.client.id, cast.client.avatar.name)
    assert url is not None
    return url


@pytest.mark.parametrize("who", ["client", "freelancer", "agent", "qa", "analyst"])
def test_people_of_the_room_and_staff_see_a_face(cast: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    response = client.get(face_of(cast))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/webp")
    assert response.headers["Cache-Control"].startswith("private")


@pytest.mark.parametrize("who", ["outsider", "outside_freelancer", None])
def test_outsiders_and_strangers_do_not(cast: Cast, client: Client, who: str | None) -> None:
    if who:
        client.force_login(getattr(cast, who))
    assert client.get(face_of(cast)).status_code == 404


def test_a_name_that_is_not_this_persons_picture_is_nothing(cast: Cast, helen: Client) -> None:
    face_of(cast)
    assert helen.get(f"/people/{cast.client.id}/..%2F..%2Fparley.sqlite3").status_code == 404
    assert avatar_url(cast.client.id, "") is None


def test_a_picture_whose_file_is_gone_is_nothing(cast: Cast, helen: Client) -> None:
    url = face_of(cast)
    cast.client.avatar.storage.delete(cast.client.avatar.name)
    assert helen.get(url).status_code == 404
