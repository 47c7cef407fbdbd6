"""The files of a case: its evidence, and the arbitrator's award."""

from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes

from mediation.conversations.api.files import BYTES, saved
from mediation.conversations.api.requests import PersonRequest
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView
from mediation.disputes.queries import exhibits


class EvidenceFile(ApiView):
    """A file's bytes for everybody who reads the evidence, whether they are in the room or not."""

    @operation(
        "evidence_file",
        tag="disputes",
        summary="Download the file of an item of evidence",
        errors=(404,),
        answers={BYTES: OpenApiTypes.BINARY},
    )
    def get(self, request: PersonRequest, dispute: UUID, number: int) -> FileResponse:
        return saved(exhibits.file_of(user=request.user, dispute_id=dispute, number=number))


class AwardFile(ApiView):
    """The arbitrator's document for everybody who reads the case; for seniors also before it is confirmed."""

    @operation(
        "award_file",
        tag="disputes",
        summary="Download the arbitrator's award",
        errors=(404,),
        answers={BYTES: OpenApiTypes.BINARY},
    )
    def get(self, request: PersonRequest, dispute: UUID, number: int) -> FileResponse:
        return saved(exhibits.award_of(user=request.user, dispute_id=dispute, round_number=number))
