"""Who decides between two people, or about how it was done, is tied to neither."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions import add_identifier
from accounts.models import User
from accounts.rules import IdentifierKind
from mediation.conversations.actions import files
from mediation.disputes import errors
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in


def _drafted(cast: Cast) -> Case:
    case = case_in(cast, State.MEDIATING)
    for command in ("close_evidence", "draft_recommendation"):
        case.do(cast.mediator, command)
    return case


def _objected(cast: Cast) -> Case:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.client, "object_to_mediator")
    return case


def _in_arbitration(cast: Cast) -> Case:
    case = case_in(cast, State.IN_ARBITRATION)
    file = SimpleUploadedFile("award.txt", b"So it is decided.")
    sent = files.upload(user=cast.senior, thread_id=cast.id_of("internal"), file=file)
    cast.say(cast.senior, "The award.", audience="internal", files=(sent.pk,))
    return case


def _awarded(cast: Cast) -> Case:
    case = _in_arbitration(cast)
    case.do(cast.senior, "enter_award")
    return case


def _filed(cast: Cast) -> Case:
    return case_in(cast, State.AWAITING_RESPONSE)


def _reviewed(cast: Cast) -> Case:
    case = case_in(cast, State.CLOSED)
    case.do(cast.client, "ask_review")
    return case


@pytest.mark.parametrize(
    ("make", "command", "name", "other"),
    [
        (_drafted, "second_read", "senior", "supervisor"),
        (_objected, "decide_objection", "senior", "supervisor"),
        (_in_arbitration, "enter_award", "supervisor", "senior"),
        (_awarded, "record_award", "supervisor", "ee"),
        (_in_arbitration, "void", "senior", "supervisor"),
        (_filed, "void", "supervisor", "ee"),
    ],
)
def test_who_is_tied_to_a_party_decides_nothing_and_a_colleague_does(
    cast: Cast, make: Callable[[Cast], Case], command: str, name: str, other: str
) -> None:
    case, decider = make(cast), getattr(cast, name)
    assert command in offered(case, decider)
    share_an_address(decider, cast.freelancer)
    assert command not in offered(case, decider)
    with pytest.raises(errors.TieOfDecider):
        case.do(decider, command)
    case.do(getattr(cast, other), command)


def test_a_review_is_not_decided_by_who_is_tied_to_a_party(cast: Cast) -> None:
    case = _reviewed(cast)
    share_an_address(cast.supervisor, cast.client)
    with pytest.raises(errors.TieOfDecider):
        case.do(cast.supervisor, "decide_review")
    assert case.row.reviews.get().decided_at is None


def offered(case: Case, person: User) -> set[str]:
    return {one["command"] for one in case_view(case.row, person)["actions"] if one["allowed"]}


def share_an_address(*people: User) -> None:
    for person in people:
        add_identifier(user=person, kind=IdentifierKind.ADDRESS, text="1, Harbour Street, London")
