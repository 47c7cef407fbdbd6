"""The doors of the desk."""

from tests.api import desk_grids, grids
from tests.api.door import TEXT, Door, case, new, page
from tests.api.world import Place


def _team(place: Place) -> str:
    return str(place.team)


def _colleague(place: Place) -> str:
    return str(place.colleague)


def _view(place: Place) -> str:
    return str(place.view)


_DESK_CLAIM = "desk/cases/<uuid:case_id>/claim/"
_DESK_SNOOZE = "desk/cases/<uuid:case_id>/snooze/"
_DESK_ASK = "desk/cases/<uuid:case_id>/ask/"
_API_SNOOZE = "api/desk/cases/<uuid:dispute>/snooze/"
_API_DECLINE = "api/desk/cases/<uuid:dispute>/decline/"
_CASE = "6f0c8c52-5a1e-4c0b-9a55-0d4d6f1d7e10"
_SEVERAL = {"cases": [_CASE], "command_id": new}
_API_ASK = "api/desk/cases/<uuid:dispute>/ask/"
_DESK_FORGET = "desk/views/<uuid:view_id>/remove/"
_QUESTION = {"person": _colleague, "client_id": new, **TEXT}
_NO_RULES = {"version": 1, "rules": []}
API = [
    Door("GET", "api/desk/next/", desk_grids.TAKE_NEXT),
    Door("POST", "api/desk/next/", desk_grids.TAKE_NEXT, body={"command_id": new}),
    Door("POST", _API_DECLINE, desk_grids.DECLINE, 204, {"command_id": new, "reason": "busy"}),
    Door("POST", "api/desk/several/assign/", grids.READERS_OF_WAITING, body={**_SEVERAL, "agent_id": new}),
    Door("POST", "api/desk/several/note/", grids.READERS_OF_WAITING, body={**_SEVERAL, "text": "Hello"}),
    Door("POST", "api/desk/several/priority/", grids.READERS_OF_WAITING, body={"cases": [_CASE], "priority": "high"}),
    Door("POST", "api/desk/several/snooze/", grids.READERS_OF_WAITING, body={"cases": [_CASE], "on_word": True}),
    Door("POST", "api/desk/several/tags/", grids.READERS_OF_WAITING, body={"cases": [_CASE], "tags": "vip"}),
    Door("POST", "api/desk/several/untag/", grids.READERS_OF_WAITING, body={"cases": [_CASE], "tags": "vip"}),
    Door("GET", "api/desk/team/", grids.READERS_OF_WAITING),
    Door("POST", "api/desk/team/", desk_grids.WRITE_TEAM, 201, {"team": _team, "client_id": new, **TEXT}),
    Door("POST", "api/desk/team/seen/", grids.READERS_OF_WAITING),
    Door("POST", _API_ASK, desk_grids.ASK_COLLEAGUE, 204, _QUESTION),
    Door("PUT", "api/desk/cases/<uuid:dispute>/priority/", desk_grids.HANDLE, body={"priority": "high"}),
    Door("POST", "api/desk/cases/<uuid:dispute>/tags/", desk_grids.HANDLE, body={"tags": "vip"}),
    Door("POST", "api/desk/cases/<uuid:dispute>/untag/", desk_grids.HANDLE, body={"tags": "vip"}),
    Door("GET", "api/desk/agenda/", grids.READERS_OF_WAITING),
    Door("PUT", "api/desk/away/", desk_grids.BE_AWAY, 204, {"is_away": True}),
    Door("PUT", _API_SNOOZE, desk_grids.SNOOZE, 204, {"on_word": True}),
    Door("DELETE", _API_SNOOZE, desk_grids.READ_ROW, 204),
]
DESK = [
    Door("GET", "api/rules/triggers/", desk_grids.RULES),
    Door("PUT", "api/rules/triggers/", desk_grids.RULES, body={"kind": "triggers", **_NO_RULES}),
    Door("GET", "api/rules/automations/", desk_grids.RULES),
    Door("PUT", "api/rules/automations/", desk_grids.RULES, body={"kind": "automations", **_NO_RULES}),
    page("GET", "desk/", grids.READERS_OF_WAITING),
    Door("GET", "desk/cases/<uuid:case_id>/", desk_grids.READ_ROW, names={"case_id": case}, page=True),
    Door("POST", _DESK_CLAIM, desk_grids.CLAIM, 302, {}, names={"case_id": case}, form=True, page=True),
    page("GET", "desk/palette/", grids.READERS_OF_WAITING),
    page("GET", "desk/next/", desk_grids.TAKE_NEXT, 302),
    page("POST", "desk/next/", desk_grids.TAKE_NEXT, 302, {"command_id": new}),
    Door(
        "POST", _DESK_SNOOZE, desk_grids.SNOOZE, 302, {"until": "word"}, names={"case_id": case}, form=True, page=True
    ),
    page("GET", "desk/several/", grids.READERS_OF_WAITING),
    page("POST", "desk/several/", grids.READERS_OF_WAITING, 200, {"act": "note", "text": "Hello"}),
    page("GET", "desk/agenda/", grids.READERS_OF_WAITING),
    page("POST", "desk/away/", desk_grids.BE_AWAY, 302, {"is_away": "on"}),
    page("GET", "desk/team/", grids.READERS_OF_WAITING),
    page("POST", "desk/team/", desk_grids.WRITE_TEAM, 302, {"team": _team, "client_id": new, **TEXT}),
    page("POST", "desk/team/seen/", grids.READERS_OF_WAITING, 302, {}),
    Door("GET", _DESK_ASK, desk_grids.READ_ROW, names={"case_id": case}, page=True),
    Door("POST", _DESK_ASK, desk_grids.ASK_COLLEAGUE, 302, _QUESTION, names={"case_id": case}, form=True, page=True),
    page("GET", "desk/views/", grids.READERS_OF_WAITING),
    page("POST", "desk/views/", grids.READERS_OF_WAITING, 302, {"name": "Dutch", "language": "nl"}),
    Door("POST", _DESK_FORGET, desk_grids.REMOVE_VIEW, 302, {}, names={"view_id": _view}, form=True, page=True),
]
