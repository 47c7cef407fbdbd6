"""The doors of the executive desk: for who works there, and a few for who refers somebody to it."""

from tests.api import grids
from tests.api.door import Door, new, page
from tests.api.grids import Grid
from tests.api.world import Place

WORKERS = grids.grid("""
who                                             here  nowhere
anonymous                                       in    in
client,freelancer,mediator,agent,senior         .     .
ee,supervisor                                   ok    .
qa,analyst,admin                                .     .
outsider,outside_freelancer                     .     .
""")

DESK = grids.grid("""
who                                             here
anonymous                                       in
client,freelancer,mediator,agent,senior         .
ee,supervisor                                   ok
qa,analyst,admin                                .
outsider,outside_freelancer                     .
""")

# Who only refers is led from the tracker to what they referred.
TRACKER = grids.grid("""
who                                             here
anonymous                                       in
client,freelancer                               .
mediator,agent,senior                           go
ee,supervisor                                   ok
qa,analyst,admin                                .
outsider,outside_freelancer                     .
""")

REFERRERS = grids.grid("""
who                                             here
anonymous                                       in
client,freelancer                               .
mediator,agent,senior,ee,supervisor             ok
qa,analyst,admin                                .
outsider,outside_freelancer                     .
""")

# Everybody else who refers reads the rules, and has no door to change them.
LEADS = grids.grid("""
who                                             here
anonymous                                       in
client,freelancer,mediator,agent,senior,ee      .
supervisor                                      ok
qa,analyst,admin                                .
outsider,outside_freelancer                     .
""")


def _referral(place: Place) -> str:
    return str(place.referral)


def _case(method: str, rest: str, grid: Grid, ok: int = 200, body: dict | None = None, **names: str) -> Door:
    return Door(
        method, f"escalations/<uuid:case_id>/{rest}", grid, ok, body, names={"case_id": _referral, **names},
        form=method == "POST", page=True,
    )  # fmt: skip


_REFERRAL = {"press": new, "name": "Nora", "source": "p2p", "reason": "She looks for a team.", "time_zone": "UTC"}
DOORS = [
    page("GET", "escalations/", TRACKER),
    page("GET", "escalations/tracker.csv", DESK),
    page("GET", "escalations/overview/", DESK),
    page("GET", "escalations/refer/", REFERRERS),
    page("POST", "escalations/refer/", REFERRERS, 302, _REFERRAL),
    page("GET", "escalations/mine/", REFERRERS),
    page("GET", "escalations/rules/", REFERRERS),
    page("POST", "escalations/rules/", LEADS, 302, {"least_segment": "SB", "note": "As before"}),
    _case("GET", "", WORKERS),
    _case("GET", "do/<slug:command>/", WORKERS, command="note"),
    _case("POST", "do/<slug:command>/", WORKERS, 302, {"command_id": new, "text": "Hello"}, command="note"),
    _case("POST", "merge/", WORKERS, 302, {}),
    _case("GET", "call.ics", WORKERS),
]
