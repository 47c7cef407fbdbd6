"""A row of the list of rooms says that it is the reader's turn in a case, and until when in their zone."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone, translation

from accounts.models import User
from mediation.conversations.models import Contract
from mediation.core import clock
from mediation.disputes.models import Deadline
from mediation.disputes.rules.states import State
from mediation.web.lists import Row, room_list
from tests.cast import Cast
from tests.disputes.ways import case_in

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)


def row_of(person: User) -> Row:
    [row] = [row for group in room_list(person, QueryDict()).groups for row in group["rows"]]
    return row


def test_a_turn_has_its_moment_in_the_readers_zone(cast: Cast) -> None:
    case_in(cast, State.NEGOTIATING)
    Deadline.objects.filter(kind="talks", ended_at__isnull=True).update(due_at=NOON)
    for language, zone, said in (
        ("en", "Europe/London", "Your turn, by <time"),
        ("nl", "Europe/Amsterdam", "Jouw beurt, uiterlijk <time"),
        ("es", "America/Bogota", "Te toca, hasta el <time"),
    ):
        with clock.at(datetime(2027, 3, 1, tzinfo=UTC)), timezone.override(zone), translation.override(language):
            row = row_of(cast.client)
            hour = {"Europe/London": "12:00", "Europe/Amsterdam": "13:00", "America/Bogota": "7:00"}[zone]
        assert said in row.state
        assert hour in row.state
        assert (row.group, row.is_yours) == ("needs_you", True)


def test_whose_turn_it_is_not_reads_where_the_case_stands(cast: Cast) -> None:
    case_in(cast, State.AWAITING_RESPONSE)
    assert "Your turn, by" in row_of(cast.freelancer).state
    row = row_of(cast.client)
    assert (row.group, row.state) == ("open", "Waiting for the answer")


def test_while_the_arbitrator_decides_no_row_says_that_the_mediator_does(cast: Cast) -> None:
    case_in(cast, State.IN_ARBITRATION)
    User.objects.update(language="en")
    for who in (cast.client, cast.freelancer, cast.mediator):
        assert row_of(who).state == "In arbitration"


def test_the_mediators_turn_says_so_in_their_list(cast: Cast) -> None:
    case_in(cast, State.MEDIATING)
    assert "Your turn, by" in row_of(cast.mediator).state
    assert "With Ana, mediator" in row_of(cast.client).state


def test_the_last_line_of_a_mediator_who_has_left_has_their_name(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    cast.say(cast.mediator, "A colleague goes on.")
    case.do(cast.mediator, "release")
    for who in (cast.client, cast.freelancer):
        assert row_of(who).last == "Ana: A colleague goes on."


def test_an_open_case_of_an_ended_contract_is_still_somebodys_turn(client: Client, cast: Cast) -> None:
    case_in(cast, State.AWAITING_RESPONSE)
    Contract.objects.filter(room=cast.room).update(status="ended")
    client.force_login(cast.freelancer)
    html = client.get("/rooms/").content.decode()
    assert 'data-group="needs_you"' in html
    assert "data-yours" in html
