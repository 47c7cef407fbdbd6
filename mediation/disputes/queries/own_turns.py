"""In which of many rooms it is the reader's turn, and until when: for the list of rooms, in one prepared statement.

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
    offer_until: Any
    has_offered: bool
    has_signed: bool
    has_answered: bool
    has_paid: bool


def own_turns(user: User, rooms: Collection[UUID]) -> dict[UUID, datetime | None]:
    """The rooms with an open case in which the reader, a party or its mediator, acts next: until when, if a time runs.
    While a case is held it is nobody's turn.
    """
    if not rooms:
        return {}
    me = sql.uuid(user.pk)
    found = sql.fetch(_CASES.format(sql.among("d.room_id", rooms)), [me] * 7 + sql.listed(rooms) + [me] * 3)
    turns = {}
    for of_case, lines in groupby(found, key=lambda row: row[: len(_Case._fields)]):
        case = _Case(*of_case)
        running = [
            (Kind(kind), person and sql.as_uuid(person), sql.as_moment(at)) for *_, kind, person, at in lines if kind
        ]
        turn, until = _turn(user, case, running)
        if turn:
            turns[sql.as_uuid(case.room)] = until
    return turns


def _turn(user: User, case: _Case, running: list[tuple[Kind, UUID | None, datetime]]) -> tuple[bool, datetime | None]:
    """Whether it is theirs, and until when."""
    filer, respondent = sql.as_uuid(case.filer), sql.as_uuid(case.respondent)
    is_party = user.pk in (filer, respondent)
    me = user.pk if is_party else filer
    other = respondent if me == filer else filer
    look = Look(
        state=State(case.state),
        track=Track(case.track),
        filer=filer,
        respondent=respondent,
        is_on_hold=bool(case.is_held),
        is_overdue=bool(case.is_overdue),
        asked=frozenset({me} if case.is_asked else ()),
        offered=frozenset(who for who, has in ((me, case.offer_until), (other, case.has_offered)) if has),
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
    due = rules.due(look, [(at, kind) for kind, _person, at in running], _mine(user, case, running) if is_party else [])
    return True, due[0] if due else None


def _mine(user: User, case: _Case, running: list[tuple[Kind, UUID | None, datetime]]) -> list[Due]:
    asked = [(at, kind) for kind, person, at in running if kind is Kind.REQUEST and person == user.pk]
    return [*asked, *([(sql.as_moment(case.offer_until), Kind.OFFER)] if case.offer_until else [])]
