"""The reviewed table: every address, and every command of the socket, with the grid that says who gets what.

A route that is missing here fails `test_doors`. `ok` cells answer with the door's own status.
"""

from typing import Any

from mediation.conversations.models import Room
from tests.api import case_grids, desk_doors, desk_grids, escalation_doors, grids, help_doors, look_doors
from tests.api.door import ANY, TEXT, Door, case, new, page
from tests.api.grids import Grid
from tests.api.world import Place


def _milestone(place: Place) -> str:
    return str(place.milestone)


def _topic(place: Place) -> str:
    return str(place.topic)


_ARTICLES = "cases/<uuid:case_id>/articles/"
_ARTICLE = {"article": new}
_OF_CASE = {"case_id": case}
_SUBMIT = {"position": 1, "act": "submit"}
_END = {"command_id": new, "reason": "The shop is sold."}
_CLAIM = {"track": "A", "milestone_id": _milestone}
_API = [
    Door("GET", "api/me/", grids.SIGNED_IN),
    Door("GET", "api/rooms/", grids.SIGNED_IN),
    Door("GET", "api/waiting/", grids.READERS_OF_WAITING),
    Door("GET", "api/search/", grids.SIGNED_IN, query={"q": "something"}),
    Door("GET", "api/rooms/<uuid:room>/", grids.READ_ROOM),
    Door("GET", "api/rooms/<uuid:room>/events/", grids.READ_ROOM),
    Door("POST", "api/rooms/<uuid:room>/help/", grids.ASK, body={"note": "Please"}),
    Door("DELETE", "api/rooms/<uuid:room>/help/", grids.CANCEL_ASK, 204),
    Door("POST", "api/rooms/<uuid:room>/join/", grids.JOIN, 204),
    Door("POST", "api/rooms/<uuid:room>/leave/", grids.LEAVE, 204),
    Door(
        "POST", "api/rooms/<uuid:room>/threads/", grids.OPEN_JOINT_TOPIC, 201, {"audience": "joint", "title": "Draft"}
    ),
    Door("PATCH", "api/threads/<uuid:thread>/", grids.WRITE_THREAD, 204, {"title": "New"}, names={"thread": _topic}),
    Door("GET", "api/threads/<uuid:thread>/messages/", grids.READ_THREAD),
    Door("GET", "api/threads/<uuid:thread>/macros/", grids.MACROS),
    Door("POST", "api/threads/<uuid:thread>/messages/", grids.WRITE_THREAD, 201, {"cid": new, **TEXT}),
    Door("PATCH", "api/threads/<uuid:thread>/messages/<seq:seq>/", grids.CHANGE_OWN_MESSAGE, 204, TEXT),
    Door("DELETE", "api/threads/<uuid:thread>/messages/<seq:seq>/", grids.REMOVE_MESSAGE, 204, {"reason": "Mistake"}),
    Door("GET", "api/threads/<uuid:thread>/messages/<seq:seq>/versions/", grids.READ_THREAD),
    *[
        Door(
            method,
            "api/threads/<uuid:thread>/messages/<seq:seq>/reactions/<slug:name>/",
            grids.WRITE_THREAD,
            204,
            names={"name": "heart"},
        )
        for method in ("PUT", "DELETE")
    ],
    Door("PUT", "api/threads/<uuid:thread>/read/", grids.READ_THREAD, 200, {"seq": 1}),
    Door("PUT", "api/threads/<uuid:thread>/draft/", grids.WRITE_THREAD, 204, TEXT),
    Door("DELETE", "api/threads/<uuid:thread>/draft/", grids.READ_THREAD, 204),
    Door("POST", "api/threads/<uuid:thread>/typing/", grids.WRITE_THREAD, 204, {"on": True}),
    Door("POST", "api/threads/<uuid:thread>/files/", grids.WRITE_THREAD, 201, {"file": "file"}, form=True),
    Door("GET", "api/files/<uuid:file>/", grids.READ_THREAD),
    Door("GET", "api/files/<uuid:file>/thumbnail/", grids.READ_THREAD),
    Door("GET", "api/rooms/<uuid:room>/milestones/", grids.READ_ROOM),
    Door(
        "POST",
        "api/rooms/<uuid:room>/milestones/<seq:position>/<slug:act>/",
        case_grids.SUBMIT_MILESTONE,
        body={"command_id": new},
        names=_SUBMIT,
    ),
    Door("POST", "api/rooms/<uuid:room>/end/", case_grids.END_CONTRACT, body=_END),
    Door("GET", "api/rooms/<uuid:room>/disputes/", grids.READ_ROOM),
    Door("POST", "api/rooms/<uuid:room>/disputes/", case_grids.START_CLAIM, body=_CLAIM),
    Door("GET", "api/disputes/<uuid:dispute>/", case_grids.READ_CASE),
    Door(
        "GET",
        "api/disputes/<uuid:dispute>/evidence/<seq:number>/file/",
        case_grids.READ_EVIDENCE_FILE,
        names={"number": 1},
    ),
    Door(
        "GET",
        "api/disputes/<uuid:dispute>/awards/<seq:number>/file/",
        case_grids.READ_EVIDENCE_FILE,
        names={"number": 1},
    ),
    Door(
        "POST",
        "api/disputes/<uuid:dispute>/commands/<slug:command>/",
        case_grids.COOL_OFF,
        body={"command_id": new, "hours": 12},
        names={"command": "cool_off"},
    ),
    Door("GET", "api/schema/", grids.EVERYBODY),
    Door("GET", "api/docs/", grids.EVERYBODY),
    Door("GET", "api/", grids.NOBODY),
]


def _whole_contract(place: Place) -> str:
    """The term that names the contract."""
    contract = Room.objects.filter(pk=place.room).values_list("contract", flat=True).first()
    return f"term:{contract}"


def _send(place: Place) -> str:
    return str(place.thread)


_DO = "cases/<uuid:case_id>/do/<slug:command>/"
_MILESTONE = "rooms/<uuid:room_id>/milestones/<seq:position>/<slug:act>/"
_TWELVE_HOURS = {"command_id": new, "hours": 12}
_TO_COOL_OFF = {"case_id": case, "command": "cool_off"}
_PAGES = [
    page("GET", "healthz", grids.EVERYBODY),
    page("GET", "readyz", grids.EVERYBODY, ANY),
    page("POST", "zendesk/webhook/", grids.NOBODY),  # only Zendesk signs what is taken here
    page("POST", "language/", grids.EVERYBODY, 302, {"language": "en"}),
    page("GET", "", grids.NOBODY_STAYS),
    page("GET", "rooms/", grids.SIGNED_IN),
    page("GET", "cases/verify/", grids.SIGNED_IN),
    page("POST", "cases/verify/", grids.SIGNED_IN, ANY, {}),
    Door("GET", "cases/<uuid:case_id>/", case_grids.READ_CASE, names={"case_id": case}, page=True),
    Door("GET", _ARTICLES, case_grids.CASE_ARTICLES, names=_OF_CASE, page=True),
    Door("POST", f"{_ARTICLES}put/", case_grids.PUT_NOTHING, 302, _ARTICLE, names=_OF_CASE, form=True, page=True),
    Door("POST", f"{_ARTICLES}fit/", case_grids.CASE_ARTICLES, 302, {}, names=_OF_CASE, form=True, page=True),
    Door("POST", "cases/<uuid:case_id>/reason/", desk_grids.HANDLE, 302, {}, names=_OF_CASE, form=True, page=True),
    Door("GET", "cases/<uuid:case_id>/brief/", case_grids.READ_CASE, names={"case_id": case}, page=True),
    *[
        Door("GET", f"cases/<uuid:case_id>/{file}", case_grids.READ_CASE_FILE, names={"case_id": case}, page=True)
        for file in ("file/", "file.pdf", "file.json")
    ],
    Door(
        "GET",
        "cases/<uuid:case_id>/as/<slug:side>/",
        case_grids.PREVIEW_CASE,
        names={"case_id": case, "side": "client"},
        page=True,
    ),
    page("GET", "rooms/<uuid:room_id>/case/", case_grids.CASE_IN_ROOM),
    Door("GET", _MILESTONE, case_grids.SUBMIT_MILESTONE_FORM, names=_SUBMIT, page=True),
    Door(
        "POST",
        _MILESTONE,
        case_grids.SUBMIT_MILESTONE,
        302,
        {"command_id": new},
        names=_SUBMIT,
        form=True,
        page=True,
    ),
    page("GET", "rooms/<uuid:room_id>/end/", case_grids.END_CONTRACT_FORM),
    page("POST", "rooms/<uuid:room_id>/end/", case_grids.END_CONTRACT, 302, _END),
    page("GET", "rooms/<uuid:room_id>/claim/", case_grids.WRITE_CLAIM),
    page("GET", "rooms/<uuid:room_id>/claim/evidence/", case_grids.CLAIM_EVIDENCE),
    page("POST", "rooms/<uuid:room_id>/claim/evidence/", case_grids.PICK_EVIDENCE, 302, {"source": _whole_contract}),
    Door("GET", _DO, case_grids.COOL_OFF_FORM, names=_TO_COOL_OFF, page=True),
    Door(
        "POST",
        _DO,
        case_grids.COOL_OFF,
        302,
        {"command_id": new, "hours": 12},
        names=_TO_COOL_OFF,
        form=True,
        page=True,
    ),
    page("GET", "help/workflow/", grids.EVERYBODY),
    page("GET", "help/confidentiality/", grids.EVERYBODY),
    *help_doors.DOORS,
    *escalation_doors.DOORS,
    page("GET", "waiting/", grids.READERS_OF_WAITING),
    *desk_doors.DESK,
    page("GET", "search/", grids.SIGNED_IN),
    page("GET", "rooms/<uuid:room_id>/", grids.READ_ROOM),
    page("POST", "rooms/<uuid:room_id>/send/", grids.WRITE_THREAD, 302, {"thread": _send, "client_id": new, **TEXT}),
    page("POST", "rooms/<uuid:room_id>/help/", grids.ASK, 302, {"note": "Please"}),
    page("POST", "rooms/<uuid:room_id>/join/", grids.JOIN, 302, {}),
    page("POST", "rooms/<uuid:room_id>/leave/", grids.LEAVE, 302, {}),
    page("GET", "admin/logout/", grids.EVERYBODY, ANY),
    page("GET", "settings/profile/", grids.SIGNED_IN),
    page("GET", "people/<uuid:user_id>/<str:name>", grids.NOBODY),
]
_ACCOUNTS = [
    page("GET", "accounts/login/", grids.VISITORS),
    page("GET", "accounts/signup/", grids.VISITORS),
    page("GET", "accounts/logout/", grids.NOT_VISITORS),
    page("GET", "accounts/inactive/", grids.EVERYBODY),
    page("GET", "accounts/reauthenticate/", grids.SIGNED_IN),
    page("GET", "accounts/email/", grids.SIGNED_IN),
    page("GET", "accounts/confirm-email/", grids.EVERYBODY),
    page("GET", r"accounts/confirm-email/(?P<key>[-:\w]+)/$", grids.EVERYBODY, at="/accounts/confirm-email/x/"),
    page("GET", "accounts/password/change/", grids.SIGNED_IN),
    page("GET", "accounts/password/set/", grids.MOVED_ON),
    page("GET", "accounts/password/reset/", grids.EVERYBODY),
    page("GET", "accounts/password/reset/done/", grids.EVERYBODY),
    page("GET", "accounts/password/reset/key/done/", grids.EVERYBODY),
    page(
        "GET", "accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", grids.EVERYBODY,
        at="/accounts/password/reset/key/1-x/",
    ),
    page("GET", "accounts/login/code/confirm/", grids.NOBODY_STAYS),
]  # fmt: skip

DOORS = [*_API, *desk_doors.API, *_PAGES, *_ACCOUNTS, *look_doors.DOORS]
# Everything else under these prefixes is decided by one grid.
PREFIXES = {"admin/": grids.ADMINISTRATORS}


def _thread(place: Place) -> str:
    return str(place.thread)


def _room(place: Place) -> str:
    return str(place.room)


def _seq(place: Place) -> int:
    return place.seq


_IN_THREAD = {"cid": new, "thread": _thread}
_IN_TOPIC = {"cid": new, "thread": _topic}
_AT_MESSAGE = _IN_THREAD | {"seq": _seq}
_IN_ROOM = {"cid": new, "room": _room}

# The socket's commands by name: the grid, and the frame's other fields.
COMMANDS: dict[str, tuple[Grid, dict[str, Any]]] = {
    "hello": (grids.READ_ROOM, {"v": 1, "room": _room}),
    "send": (grids.WRITE_THREAD, _IN_THREAD | TEXT),
    "edit": (grids.CHANGE_OWN_MESSAGE, _AT_MESSAGE | TEXT),
    "remove": (grids.REMOVE_MESSAGE, _AT_MESSAGE | {"reason": "Mistake"}),
    "react": (grids.WRITE_THREAD, _AT_MESSAGE | {"reaction": "heart", "on": True}),
    "topic.open": (grids.OPEN_JOINT_TOPIC, _IN_ROOM | {"audience": "joint", "title": "Draft"}),
    "topic.rename": (grids.WRITE_THREAD, _IN_TOPIC | {"title": "New"}),
    "topic.resolve": (grids.WRITE_THREAD, _IN_TOPIC),
    "topic.reopen": (grids.WRITE_THREAD, _IN_TOPIC),
    "draft": (grids.WRITE_THREAD, {"thread": _thread, **TEXT}),
    "help.ask": (grids.ASK, _IN_ROOM),
    "help.cancel": (grids.CANCEL_ASK, _IN_ROOM),
    "join": (grids.JOIN, _IN_ROOM),
    "leave": (grids.LEAVE, _IN_ROOM),
    "read": (grids.READ_THREAD, {"thread": _thread, "seq": 1}),
}
# Never answered: `typing` is passed on among the readers of a thread that its sender was given
# (tests/live/test_commands.py), `holds`, `look` and `watch` among staff (tests/live/test_colleagues.py); the other two
# are about the connection itself.
UNANSWERED = {"typing", "holds", "look", "watch", "applied", "ping"}
