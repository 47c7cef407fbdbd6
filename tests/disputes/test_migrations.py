"""Data that earlier versions left behind is put right by the migrations, and keeps nobody from installing them."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from mediation.core import clock
from mediation.disputes.rules.states import Overlay, State
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in

Migrate = Callable[[str], StateApps]


@pytest.fixture
def migrate(transactional_db: None) -> Iterator[Migrate]:
    """`migrate("0012_…")` goes to that migration of the cases, and gives the models as they were; afterwards all are
    applied again.
    """

    def to(name: str) -> StateApps:
        executor = MigrationExecutor(connection)
        return executor.migrate([("disputes", name)]).apps

    yield to
    apply_all()


def apply_all() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_what_earlier_versions_left_behind_is_put_right(live_cast: Cast, migrate: Migrate) -> None:
    """One walk back and forth over them all: each step of it costs seconds."""
    cast = live_cast
    reviewed = case_in(cast, State.CLOSED)
    reviewed.do(cast.client, "ask_review")
    closed = case_in(cast, State.MEDIATING)
    closed.do(cast.senior, "hold")
    closed.do(cast.senior, "void")
    held = case_in(cast, State.MEDIATING)
    held.do(cast.mediator, "make_request")
    held.do(cast.senior, "hold")

    reviews = migrate("0012_declined_why").get_model("disputes", "Review")
    for person, reason in ((cast.freelancer, "Me too."), (cast.client, "And again.")):
        reviews.objects.create(dispute_id=reviewed.id, asked_by_id=person.pk, reason=reason, asked_at=clock.now())
    two_reviews_that_wait_become_one(migrate)
    what_was_asked_moves_to_a_place_of_its_own(migrate)
    a_hold_is_left_on_a_closed_case(migrate, closed)
    apply_all()
    hold = closed.row.overlays.get(kind=Overlay.HOLD.value)
    assert hold.ended_at == closed.row.closed_at is not None
    assert held.row.overlays.get().ended_at is None, "a hold of an open case goes on"
    for command in ("unhold", "void"):
        held.do(cast.senior, command)
    closed.do(cast.supervisor, "reopen")
    assert closed.row.state == State.MEDIATING


def two_reviews_that_wait_become_one(migrate: Migrate) -> None:
    rows = migrate("0013_one_open_review").get_model("disputes", "Review").objects.order_by("pk")
    first, *later = rows
    assert (first.decided_at, first.ruling) == (None, "")
    assert [(one.is_upheld, bool(one.decided_at), "first decides" in one.ruling) for one in later] == [
        (None, True, True)
    ] * 2


def what_was_asked_moves_to_a_place_of_its_own(migrate: Migrate) -> None:
    before = migrate("0016_picks").get_model("disputes", "Deadline")
    assert before.objects.get(kind="request").reason == "The contract?"
    after = migrate("0017_what_a_deadline_is_about").get_model("disputes", "Deadline")
    line = after.objects.get(kind="request")
    assert (line.about, line.reason) == ("The contract?", "")
    assert not after.objects.exclude(kind="request").exclude(about="").exists()


def a_hold_is_left_on_a_closed_case(migrate: Migrate, closed: Case) -> None:
    old = migrate("0017_what_a_deadline_is_about").get_model("disputes", "Overlay")
    old.objects.filter(dispute=closed.id, kind=Overlay.HOLD.value).update(ended_at=None)
