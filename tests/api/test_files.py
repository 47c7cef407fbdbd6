"""Files over HTTP: private, inert, named as they were."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from PIL import Image

from mediation.conversations.actions.files import make_thumbnail
from mediation.conversations.models import Attachment
from tests.api.conftest import SignIn
from tests.cast import Cast


def upload(client: Client, cast: Cast, name: str = "plan.txt", data: bytes = b"the plan") -> HttpResponse:
    """Put a file into the thread for everyone."""
    return client.post(f"/api/threads/{cast.joint.pk}/files/", {"file": SimpleUploadedFile(name, data)})


def test_an_upload_answers_with_the_card_a_message_carries(cast: Cast, api: SignIn) -> None:
    answer = upload(api(cast.client), cast)
    assert answer.status_code == 201
    card = answer.json()
    assert (card["name"], card["type"], card["size"], card["thumb"]) == ("plan.txt", "text/plain", 8, False)


def test_a_file_is_saved_and_never_shown(cast: Cast, api: SignIn) -> None:
    client = api(cast.client)
    answer = client.get(f"/api/files/{upload(client, cast).json()['id']}/")
    assert b"".join(answer.streaming_content) == b"the plan"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Content-Length"] == "8"
    assert "ETag" not in answer


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("año 1.txt", "attachment; filename*=utf-8''a%C3%B1o%201.txt"),
        ('a "b".txt', None),
        ("x\r\nSet-Cookie: a=b.txt", None),
        ("../../etc/passwd.txt", 'attachment; filename="passwd.txt"'),
    ],
)
def test_no_name_breaks_out_of_its_header(cast: Cast, api: SignIn, name: str, disposition: str | None) -> None:
    client = api(cast.client)
    uploaded = upload(client, cast, name)
    if uploaded.status_code == 400:  # some names are refused, which is as good
        return
    header = client.get(f"/api/files/{uploaded.json()['id']}/")["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert "\n" not in header
    assert disposition is None or header == disposition


def test_a_thumbnail_is_shown_in_place_and_is_as_private(cast: Cast, api: SignIn) -> None:
    client, data = api(cast.client), BytesIO()
    Image.new("RGB", (900, 600), "teal").save(data, "PNG")
    file = upload(client, cast, "draft.png", data.getvalue()).json()
    assert (file["width"], file["height"]) == (900, 600)
    assert client.get(f"/api/files/{file['id']}/thumbnail/").status_code == 404
    cast.say(cast.client, "Here", files=(UUID(file["id"]),))
    make_thumbnail(attachment_id=UUID(file["id"]))
    answer = client.get(f"/api/files/{file['id']}/thumbnail/")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("image/webp", "inline")
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).format == "WEBP"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert api(cast.outsider).get(f"/api/files/{file['id']}/thumbnail/").status_code == 404


def test_until_it_is_sent_a_file_is_its_uploaders_alone(cast: Cast, api: SignIn) -> None:
    file = upload(api(cast.client), cast).json()["id"]
    other = api(cast.freelancer)
    assert other.get(f"/api/files/{file}/").status_code == 404
    cast.say(cast.client, "Here", files=(Attachment.objects.get(pk=file).pk,))
    assert other.get(f"/api/files/{file}/").status_code == 200


def test_a_file_of_a_removed_message_is_gone(cast: Cast, api: SignIn) -> None:
    client = api(cast.client)
    file = upload(client, cast).json()["id"]
    sent = cast.say(cast.client, "Here", files=(Attachment.objects.get(pk=file).pk,))
    url = f"/api/threads/{cast.joint.pk}/messages/{sent.seq}/"
    client.delete(url, {"reason": "Mistake"}, content_type="application/json")
    assert client.get(f"/api/files/{file}/").status_code == 404


def test_more_than_the_limit_is_refused_before_it_is_read(cast: Cast, api: SignIn) -> None:
    answer = api(cast.client).post(
        f"/api/threads/{cast.joint.pk}/files/",
        b"never looked at",
        content_type="multipart/form-data; boundary=x",
        headers={"Content-Length": str(26 * 1024 * 1024)},
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@override_settings(ATTACHMENT_MAX_BYTES=10)
def test_a_file_above_the_limit_is_refused_by_rule(cast: Cast, api: SignIn) -> None:
    assert upload(api(cast.client), cast, data=b"x" * 11).json()["code"] == "file.too_large"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"--x--", "multipart/form-data"),
        (b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--x--', "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_a_broken_form_is_a_plain_refusal(cast: Cast, api: SignIn, body: bytes, kind: str) -> None:
    answer = api(cast.client).post(f"/api/threads/{cast.joint.pk}/files/", body, content_type=kind)
    assert answer.status_code == 400


def test_one_file_at_a_time(cast: Cast, api: SignIn) -> None:
    form = {"file": SimpleUploadedFile("a.txt", b"a"), "other": SimpleUploadedFile("b.txt", b"b")}
    answer = api(cast.client).post(f"/api/threads/{cast.joint.pk}/files/", form)
    assert answer.json()["detail"]["fields"].keys() == {"other"}


def test_a_file_whose_bytes_are_lost_is_our_fault_and_said_so(cast: Cast, api: SignIn) -> None:
    client = api(cast.client)
    file = upload(client, cast).json()["id"]
    Path(Attachment.objects.get(pk=file).file.path).unlink()
    assert client.get(f"/api/files/{file}/").status_code == 503
