"""Where the reader's own cases of many rooms stand, and in which it is their turn: for the list of rooms, in one
prepared statement.

The answer is that of the bar (`queries.case.standing`) by the same rules. Those look at both sides; of the other side
no more is asked here than the answer depends on.
"""

from collections.abc import Collection
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.core import sql
from mediation.disputes.rules import standing as rules
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.standing import Due, Look
from mediation.disputes.rules.states import Ball, State, Track

# A row for each running deadline of a case, or one for a case without. To its mediator, both sides' turns are others'.
_CASES = """
    SELECT d.room_id, d.state, d.track, d.filer_id, d.respondent_id, d.is_overdue,
    EXISTS (SELECT 1 FROM disputes_overlay o WHERE o.dispute_id = d.id AND o.kind = 'hold' AND o.ended_at IS NULL),
    EXISTS (SELECT 1 FROM disputes_request r WHERE r.dispute_id = d.id AND r.answered_at IS NULL
        AND r.withdrawn_at IS NULL AND (r.asked_of_id = %s OR d.mediator_id = %s)),
    EXISTS (SELECT 1 FROM disputes_issue i WHERE i.dispute_id = d.id AND d.state = 'mediating' AND i.status = 'open' AND
        (SELECT COUNT(*) FROM disputes_position n WHERE n.issue_id = i.id AND n.confirmed_at IS NOT NULL
            AND (n.author_id = %s OR d.mediator_id = %s)) < CASE WHEN d.mediator_id = %s THEN 2 ELSE 1 END),
    EXISTS (SELECT 1 FROM disputes_caucus t WHERE t.dispute_id = d.id AND t.party_id = %s
        AND t.reopenings = d.reopenings AND t.began_at IS NULL AND t.ended_at IS NULL AND t.declined_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM conversations_message m JOIN conversations_thread h ON h.id = m.thread_id
            WHERE h.room_id = d.room_id AND h.audience IN ('caucus_client', 'caucus_freelancer')
            AND m.author_id = t.party_id AND m.kind = 'text' AND m.created_at > t.offered_at))
    OR EXISTS (SELECT 1 FROM disputes_release v WHERE v.dispute_id = d.id AND v.party_id = %s AND v.decided_at IS NULL),
    (SELECT MIN(CAST(c.accepted_by AS TEXT)) FROM disputes_disclosure c
        WHERE c.dispute_id = d.id AND c.decided_at IS NULL AND d.state = 'escalated'),
    (SELECT MIN(CAST(b.agreed_by AS TEXT)) FROM disputes_bidround b
        WHERE b.dispute_id = d.id AND b.reopenings = d.reopenings AND b.ended_at IS NULL),
    EXISTS (SELECT 1 FROM disputes_bid e JOIN disputes_bidround b ON b.id = e.round_id
        WHERE b.dispute_id = d.id AND b.ended_at IS NULL AND e.bidder_id = %s),
    (SELECT MIN(f.expires_at) FROM disputes_offer f
        WHERE f.dispute_id = d.id AND f.status = 'open' AND f.made_by_id <> %s),
    EXISTS (SELECT 1 FROM disputes_offer f WHERE f.dispute_id = d.id AND f.status = 'open' AND f.made_by_id = %s),
    EXISTS (SELECT 1 FROM disputes_acceptance s JOIN disputes_agreement a ON a.id = s.agreement_id
        WHERE a.dispute_id = d.id AND a.void_at IS NULL AND s.party_id = %s),
    EXISTS (SELECT 1 FROM disputes_answer w JOIN disputes_recommendation c ON c.id = w.recommendation_id
        WHERE c.dispute_id = d.id AND c.reopenings = d.reopenings AND c.issued_at IS NOT NULL
        AND c.evaluated_at IS NULL AND w.party_id = %s),
    EXISTS (SELECT 1 FROM disputes_arbitrationstep p WHERE p.dispute_id = d.id AND p.reopenings = d.reopenings
        AND p.kind = 'paid' AND p.party_id = %s AND d.state = 'non_resolution'),
    l.kind, l.person_id, l.due_at
    FROM disputes_dispute d LEFT JOIN disputes_deadline l ON l.dispute_id = d.id AND l.ended_at IS NULL
    WHERE {} AND d.state NOT IN ('closed', 'draft') AND (d.filer_id = %s OR d.respondent_id = %s OR d.mediator_id = %s)
    ORDER BY d.room_id"""


class _Case(NamedTuple):
    room: Any
    state: str
    track: str
    filer: Any
    respondent: Any
    is_overdue: bool
    is_held: bool
    is_asked: bool
    has_point: bool
    is_asked_in_private: bool
    tie_accepted_by: str | None
    bids_agreed_by: str | None
    has_bid: bool
    offer_until: Any
    has_offered: bool
    has_signed: bool
    has_answered: bool
    has_paid: bool


class OwnCase(NamedTuple):
    """An open case of the reader's: whether they act next, and until when, if a time runs."""

    state: State
    is_turn: bool
    until: datetime | None


def own_cases(user: User, rooms: Collection[UUID]) -> dict[UUID, OwnCase]:
    """By room, the open case in which the reader is a party or the mediator. While it is held it is nobody's turn."""
    if not rooms:
        return {}
    me = sql.uuid(user.pk)
    found = sql.fetch(_CASES.format(sql.among("d.room_id", rooms)), [me] * 13 + sql.listed(rooms) + [me] * 3)
    cases = {}
    for of_case, lines in groupby(found, key=lambda row: row[: len(_Case._fields)]):
        case = _Case(*of_case)
        running = [
            (Kind(kind), person and sql.as_uuid(person), sql.as_moment(at)) for *_, kind, person, at in lines if kind
        ]
        cases[sql.as_uuid(case.room)] = OwnCase(State(case.state), *_turn(user, case, running))
    return cases


def _turn(user: User, case: _Case, running: list[tuple[Kind, UUID | None, datetime]]) -> tuple[bool, datetime | None]:
    """Whether it is theirs, and until when."""
    filer, respondent = sql.as_uuid(case.filer), sql.as_uuid(case.respondent)
    is_party = user.pk in (filer, respondent)
    me = user.pk if is_party else filer
    other = respondent if me == filer else filer
    mine = _is_asked(case, me if is_party else None, (filer, respondent))
    look = Look(
        state=State(case.state),
        track=Track(case.track),
        filer=filer,
        respondent=respondent,
        is_on_hold=bool(case.is_held),
        is_overdue=bool(case.is_overdue),
        asked=frozenset(who for who, is_asked in ((me, mine), (other, case.has_offered)) if is_asked),
        signed=frozenset({me} if case.has_signed else ()),
        paid=frozenset({me} if case.has_paid else ()),
    )
    ball = rules.ball(look)
    if look.is_on_hold or not (
        rules.is_turn(look, ball, me, has_answered=bool(case.has_answered))
        if is_party
        else ball is Ball.UPWORK and user.role in MEDIATOR_ROLES
    ):
        return False, None
    due = rules.due(
        look, [(at, kind) for kind, _person, at in running], _mine(user, case, running) if is_party else [], user.pk
    )
    return True, due[0] if due else None


def _is_asked(case: _Case, me: UUID | None, parties: tuple[UUID, UUID]) -> bool:
    """Whether the party has something to answer; without one, whether a side has that both know of."""
    if State(case.state) is State.ESCALATED:
        return me is not None and case.tie_accepted_by is not None and str(me) not in case.tie_accepted_by
    if case.offer_until or State(case.state) is not State.MEDIATING:
        return bool(case.offer_until)
    if case.is_asked or case.has_point or case.is_asked_in_private:
        return True
    if case.bids_agreed_by is None:
        return False
    to_agree = [party for party in parties if str(party) not in case.bids_agreed_by]
    return me in to_agree or not (to_agree or case.has_bid) if me else bool(to_agree)


def _mine(user: User, case: _Case, running: list[tuple[Kind, UUID | None, datetime]]) -> list[Due]:
    asked = [(at, kind) for kind, person, at in running if kind is Kind.REQUEST and person == user.pk]
    return [*asked, *([(sql.as_moment(case.offer_until), Kind.OFFER)] if case.offer_until else [])]
