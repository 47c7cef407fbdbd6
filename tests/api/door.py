"""One door: a method of a route with the grid that says who gets what."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.api.grids import Grid
from tests.api.world import Place

TEXT = {"text": "Hello"}
ANY = 0  # whatever the door says, as long as it is not a refusal


@dataclass(frozen=True)
class Door:
    """One method of one route.

    `body` and `names`, further parts of the address, may hold callables of the place. `at` is the address itself where
    the route is a pattern. A page sends the browser on where the API would answer with an error.
    """

    method: str
    route: str
    grid: Grid
    ok: int = 200
    body: dict[str, Any] | None = None
    query: dict[str, Any] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    form: bool = False
    at: str = ""
    page: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def page(method: str, route: str, grid: Grid, ok: int = 200, body: dict[str, Any] | None = None, at: str = "") -> Door:
    """A page; what is posted to it is a form."""
    return Door(method, route, grid, ok, body, form=method == "POST", at=at, page=True)


def new(place: Place) -> str:
    """An id that was never used."""
    return str(uuid4())


def case(place: Place) -> str:
    """The case of the place."""
    return str(place.dispute)
