"""Files: putting one into a thread, and fetching it and its thumbnail. They are private and never run."""

from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.http import FileResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from mediation.conversations.actions import files as actions
from mediation.conversations.api import examples, shapes
from mediation.conversations.api.requests import PersonRequest
from mediation.conversations.models import Attachment
from mediation.conversations.queries import files as queries
from mediation.core.api.fields import Shape
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read

TAG = "files"
FRAME_BYTES = 64 * 1024  # what a multipart form may add around the file
BYTES, PICTURE = (200, "application/octet-stream"), (200, "image/webp")


class UploadBody(Shape):
    """One file."""

    file = serializers.FileField(allow_empty_file=True)  # the action says what is wrong with an empty one


class Files(ApiView):
    """The files of a thread. One that is not sent with a message is seen by nobody but its uploader."""

    max_bytes = settings.ATTACHMENT_MAX_BYTES + FRAME_BYTES
    parser_classes = [MultiPartParser]

    @operation(
        "upload_file",
        tag=TAG,
        summary="Upload a file, to be sent with a message",
        body={"multipart/form-data": UploadBody},
        answers={201: shapes.File},
        example=examples.FILE_CARD,
        errors=(404,),
    )
    def post(self, request: PersonRequest, thread: UUID) -> Response:
        file = read(UploadBody, request.data)["file"]
        attachment = actions.upload(user=request.user, thread_id=thread, file=file)
        return Response(queries.card(attachment), status=201)


class OneFile(ApiView):
    """A file's bytes, to be saved and not shown."""

    @operation(
        "file",
        tag=TAG,
        summary="Download a file",
        errors=(404,),
        answers={BYTES: OpenApiTypes.BINARY},
    )
    def get(self, request: PersonRequest, file: UUID) -> FileResponse:
        return saved(queries.download(user=request.user, attachment_id=file))


class Thumbnail(ApiView):
    """A picture's thumbnail, made by us."""

    @operation(
        "file_thumbnail",
        tag=TAG,
        summary="Show a picture's thumbnail",
        errors=(404,),
        answers={PICTURE: OpenApiTypes.BINARY},
    )
    def get(self, request: PersonRequest, file: UUID) -> FileResponse:
        found = queries.thumbnail(user=request.user, attachment_id=file)
        response = _inert(found.thumbnail.open("rb"), content_type="image/webp")
        response["Content-Disposition"] = "inline"
        return response


def saved(attachment: Attachment) -> FileResponse:
    """A file's bytes as an answer that the browser saves under its name."""
    response = _inert(attachment.file.open("rb"), content_type=attachment.content_type)
    response["Content-Disposition"] = content_disposition_header(True, attachment.name)
    return response


def _inert(file: File, *, content_type: str) -> FileResponse:
    """The file as an answer that no browser runs, sniffs, caches or lets another site embed."""
    response = FileResponse(file, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Encoding"] = "identity"  # keeps the gzip middleware from dropping the length
    return response
