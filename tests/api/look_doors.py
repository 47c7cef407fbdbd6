"""The doors to looks into private talks (break-glass)."""

from uuid import uuid4

from mediation.disputes.models import Dispute
from tests.api import case_grids
from tests.api.door import Door
from tests.api.world import Place


def _new(place: Place) -> str:
    return str(uuid4())


def _case(place: Place) -> str:
    return str(place.dispute)


def _asked(place: Place) -> str:
    return str(place.asked)


def _private_file(place: Place) -> str:
    return str(place.private_file)


def _party(place: Place) -> str:
    return str(Dispute.objects.filter(pk=place.dispute).values_list("filer", flat=True).first() or uuid4())


_LOOKS = "cases/<uuid:case_id>/looks/"
_ASK_TO_LOOK = {"command_id": _new, "party": _party, "ground": "conduct", "reason": "She complains."}
DOORS = [
    Door("GET", "api/disputes/<uuid:dispute>/looks/", case_grids.LOOKS),
    Door("POST", "api/disputes/<uuid:dispute>/looks/", case_grids.ASK_TO_LOOK, 201, _ASK_TO_LOOK),
    Door(
        "POST",
        "api/disputes/<uuid:dispute>/looks/<uuid:glass>/<slug:act>/",
        case_grids.AGREE_TO_LOOK,
        body={"command_id": _new},
        names={"glass": _asked, "act": "approve"},
    ),
    Door("GET", "api/disputes/<uuid:dispute>/looks/<uuid:glass>/messages/", case_grids.READ_LOOK),
    Door(
        "GET",
        "api/disputes/<uuid:dispute>/looks/<uuid:glass>/files/<uuid:file>/",
        case_grids.READ_LOOK,
        names={"file": _private_file},
    ),
    Door("GET", _LOOKS, case_grids.LOOKS, names={"case_id": _case}, page=True),
    Door("POST", _LOOKS, case_grids.ASK_TO_LOOK, 302, _ASK_TO_LOOK, names={"case_id": _case}, form=True, page=True),
    Door("GET", f"{_LOOKS}<uuid:glass_id>/", case_grids.READ_LOOK, names={"case_id": _case}, page=True),
    Door(
        "POST",
        f"{_LOOKS}<uuid:glass_id>/<slug:act>/",
        case_grids.AGREE_TO_LOOK,
        302,
        {"command_id": _new},
        names={"case_id": _case, "glass_id": _asked, "act": "approve"},
        form=True,
        page=True,
    ),
    Door("GET", "looks/", case_grids.ALL_LOOKS, page=True),
]
