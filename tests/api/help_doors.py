"""The doors of the help centre. The article of the world is for staff; its draft is for who writes articles."""

from tests.api import case_grids, grids
from tests.api.door import Door, new, page

STAFF = grids.grid("""
who                                             here
anonymous,client,freelancer                     .
mediator,agent,senior,ee,supervisor             ok
qa,analyst,admin                                ok
outsider,outside_freelancer                     .
""")

WRITERS = grids.grid("""
who                                             here
anonymous,client,freelancer,mediator,agent      .
senior,ee,qa,analyst                            .
supervisor,admin                                ok
outsider,outside_freelancer                     .
""")

FIGURES = grids.grid("""
who                                             here
anonymous                                       in
client,freelancer,mediator,agent,senior,ee,qa   .
supervisor,analyst,admin                        ok
outsider,outside_freelancer                     .
""")

_ARTICLE = {"slug": "for-staff"}
_ASK = {"ask_id": new}
_VERDICT = "help/asks/<uuid:ask_id>/verdict/"
DOORS = [
    page("GET", "help/", grids.EVERYBODY),
    Door("GET", "help/sections/<slug:slug>/", STAFF, names=_ARTICLE, page=True),
    Door("GET", "help/articles/<slug:slug>/", STAFF, names=_ARTICLE, page=True),
    Door("GET", "help/drafts/<seq:number>/", WRITERS, names={"number": lambda place: place.draft}, page=True),
    page("GET", "help/figures/", FIGURES),
    page("GET", "help/figures/questions/", FIGURES),
    page("GET", "help/search/", grids.EVERYBODY),
    page("GET", "help/ask/", grids.EVERYBODY),
    page("POST", "help/ask/", grids.EVERYBODY, 302, {"question": "Who pays?"}),
    # The question of another browser is not there, whoever asks.
    Door("GET", "help/asks/<uuid:ask_id>/", grids.NOBODY, names=_ASK, page=True),
    Door(
        "POST", "help/asks/<uuid:ask_id>/choose/", grids.NOBODY, 302, {"version": "1"}, names=_ASK, form=True, page=True
    ),
    Door("GET", "help/asks/<uuid:ask_id>/person/", grids.NOBODY, names=_ASK, page=True),
    Door("POST", "help/asks/<uuid:ask_id>/person/", grids.NOBODY, 302, {"room": "1"}, names=_ASK, form=True, page=True),
    page("GET", "help/assistant/", grids.EVERYBODY),
    page("POST", "help/assistant/", grids.EVERYBODY, 302, {"question": "Who pays?"}),
    page("GET", "help/rooms/<uuid:room_id>/", case_grids.WRITE_CLAIM),
    page("POST", "help/rooms/<uuid:room_id>/", case_grids.WRITE_CLAIM, 302, {"question": "Who pays?"}),
    Door("POST", _VERDICT, grids.NOBODY, 302, {"verdict": "solved"}, names=_ASK, form=True, page=True),
]
