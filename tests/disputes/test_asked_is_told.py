"""What one says and another is to answer is the other's turn: tried with every line of the table, in every state."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from django.db import transaction

from accounts.models import User
from mediation.core.errors import Refused
from mediation.disputes import audience
from mediation.disputes.queries.case import asks, case_view
from mediation.disputes.queries.facts import actors
from mediation.disputes.rules import table
from mediation.disputes.rules.standing import Ask
from mediation.disputes.rules.states import FILED, State, Track
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in, reachable

pytestmark = pytest.mark.django_db
KINDS = [(Track.ESCROW, True), (Track.HOURLY, True), (Track.ESCROW, False)]
ONLY_BY_THE_HOUR = {State.AWAITING_RESPONSE, State.LOG_REVIEW}
PLACES = [
    (state, track, has_claim)
    for state, (track, has_claim) in product(sorted(FILED | {State.CLOSED}), KINDS)
    if reachable(state, track, has_claim=has_claim) and (track is Track.ESCROW or state in ONLY_BY_THE_HOUR)
]
PAUSES = frozenset({"hold", "unhold"})  # they shut everything and open it again

# What a command of a party answers. One that somebody else makes possible and that stands neither here nor below is
# something that the case waits for without anybody's being told.
ANSWERS = {
    "accept_offer": Ask.OFFER,
    "counter_offer": Ask.OFFER,
    "decline_offer": Ask.OFFER,
    "answer_request": Ask.REQUEST,
    "confirm_issue": Ask.POINT,
    "decline_caucus": Ask.TALK,
    "grant_release": Ask.WORDS,
    "refuse_release": Ask.WORDS,
    "agree_to_bidding": Ask.RULE,
    "bid": Ask.BID,
    "answer_disclosure": Ask.TIE,
}
# The case goes on without it: what is said in these states moves nobody's turn.
FREE = {
    "answer_evidence": "evidence counts whether or not the other side has said anything to it",
    "state_position": "what is asked of a point is that it is confirmed",
    "make_offer": "whoever attaches a claim names the money; nobody waits for an offer",
}
# Beside what a state itself waits for (the answer to the claim, a mediator, who pays a share), an offer can be answered
# and need not be; the bar has its button, the ledger its time.
BESIDE = {State.AWAITING_RESPONSE, State.ESCALATED, State.NON_RESOLUTION}


@dataclass(frozen=True)
class Told:
    """What a party can say, whether the bar calls it their turn, and what it says they have to answer."""

    can: frozenset[str]
    is_turn: bool
    asks: frozenset[str]


def told(case: Case, who: User) -> Told:
    view = case_view(audience.case_of(who, case.row.pk), who)
    asked = [what for one in view["standing"]["asks"] if one["party"] == str(who.pk) for what in one["what"]]
    can = frozenset(one["command"] for one in view["actions"] if one["allowed"])
    return Told(can, view["standing"]["mine"], frozenset(asked))


class Moved(Exception):
    """The case went elsewhere; it is to stay where it was."""


def is_said(case: Case, line: table.Row, who: User) -> bool:
    """Says it, where it can be said and leaves the case in its state."""
    row = case.row
    fits = table.fits(line, State(row.state), Track(row.track), has_claim=row.has_claim)
    if not fits or not actors(row, who) & line.who or line.command in PAUSES:
        return False
    try:
        with transaction.atomic():
            if case.do(who, line.command).state != row.state:
                raise Moved
    except (Refused, Moved):
        return False
    return True


def opened(case: Case) -> Iterator[tuple[str, str, Told]]:
    """Each line of the table by everybody whose it is, one upon the other: what that makes possible for a party, and
    what the party is told.
    """
    cast = case.cast
    parties = (cast.client, cast.freelancer)
    before = [told(case, one) for one in parties]
    for line, who in product(table.TABLE, (*parties, cast.mediator, cast.agent, cast.senior, cast.supervisor)):
        if is_said(case, line, who):
            now = [told(case, one) for one in parties]
            for party, was, is_ in zip(parties, before, now, strict=True):
                yield from ((line.command, command, is_) for command in is_.can - was.can if party != who)
            before = now


def untold(case: Case) -> set[tuple[str, str]]:
    """What somebody says, and what another is to answer to it without being told so."""
    state, found = State(case.row.state), set()
    for said, command, party in opened(case):
        ask = ANSWERS.get(command)
        is_beside = state in BESIDE and ask is Ask.OFFER
        if not (command in FREE or is_beside or (ask in party.asks and party.is_turn)):
            found.add((said, command))
    return found


def tied(cast: Cast) -> None:
    """An agent and the client are of one company."""
    User.objects.filter(pk__in=[cast.client.pk, cast.agent.pk]).update(company="Harbor & Pine")
    for one in (cast.client, cast.agent):
        one.refresh_from_db()


@pytest.mark.parametrize(("state", "track", "has_claim"), PLACES)
def test_nobody_is_waited_for_without_being_told(cast: Cast, state: State, track: Track, has_claim: bool) -> None:
    case = case_in(cast, state, track, has_claim=has_claim)
    tied(cast)
    assert untold(case) == set()


def test_one_who_is_not_told_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asks, "ASKING", asks.ASKING - {State.ESCALATED})
    case = case_in(cast, State.ESCALATED)
    tied(cast)
    assert untold(case) == {("disclose_conflict", "answer_disclosure")}


def test_every_ask_is_answered_by_a_command() -> None:
    assert set(ANSWERS.values()) == set(Ask)
    assert set(ANSWERS) | set(FREE) <= table.COMMANDS


def test_who_leaves_the_queue_asks_about_no_tie_any_more() -> None:
    for line in table.TABLE:
        if State.ESCALATED in line.states and (line.to is not None or line.returns):
            assert "let_tie_go" in line.effects, line.command
