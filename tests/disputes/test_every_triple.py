"""Every (state, command, role) is decided by the table: what it allows happens, what it does not leaves no trace."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from django.db import transaction

from mediation.core.errors import NotFound, Refused
from mediation.disputes.audience import viewers
from mediation.disputes.errors import NotNow, NotYours
from mediation.disputes.models import Dispute
from mediation.disputes.queries.facts import actors
from mediation.disputes.rules import table
from mediation.disputes.rules.states import Actor, State, Track
from tests.architecture.tree import ROOT, files, short
from tests.cast import Cast
from tests.disputes.cases import Case, everything, payload_for
from tests.disputes.ways import case_in, reachable

KINDS = [(Track.ESCROW, True), (Track.ASSISTANCE, True), (Track.HOURLY, True), (Track.ESCROW, False)]
# On the other tracks only where their lines differ.
ELSEWHERE = {State.AWAITING_RESPONSE, State.LOG_REVIEW, State.NON_RESOLUTION}
PLACES = [
    (track, has_claim, state)
    for (track, has_claim), state in product(KINDS, State)
    if reachable(state, track, has_claim=has_claim) and (track is Track.ESCROW or state in ELSEWHERE)
]


def test_the_table_decides_every_triple() -> None:
    """Pure, over all of them: exactly one line or none, and every role is in it or not."""
    decided = 0
    for state, command, (track, has_claim), role in product(State, sorted(table.COMMANDS), KINDS, Actor):
        line = table.find(command, state, track, has_claim=has_claim)
        said = list(table.sayable(state, track, frozenset({role}), has_claim=has_claim))
        assert [one for one in said if one.command == command] == ([line] if line and role in line.who else [])
        decided += 1
    assert decided == len(State) * len(table.COMMANDS) * len(KINDS) * len(Actor)


def test_only_the_system_says_what_follows_by_itself() -> None:
    for line in table.TABLE:
        assert (line.who == {Actor.SYSTEM}) == (Actor.SYSTEM in line.who), line.command


class Undo(Exception):
    """The case is to stay as it was."""


def try_to_say(case: Case, name: str, command: str) -> tuple[type[Exception] | None, str]:
    """What comes of a command, which is undone at once: the refusal, if any, and the state after it."""
    actor = case.people[name]
    state, problem = "", None
    try:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    state = case.say(actor, command, **payload_for(case, command, actor)).state
            except Refused as refused:
                problem = type(refused)
            raise Undo
    except Undo:
        return problem, state


Decided = dict[str, type[Exception] | None]
Roles = dict[str, frozenset[Actor] | None]


def decide(row: Dispute, roles: Roles, command: str) -> Decided:
    """What the table alone says to each of these people: a refusal, or nothing for who may try."""
    line = table.find(command, State(row.state), Track(row.track), has_claim=row.has_claim)
    said: Decided = {}
    for name, mine in roles.items():
        if mine is None:
            said[name] = NotFound
        elif line is None:
            said[name] = NotNow
        else:
            said[name] = None if mine & line.who else NotYours
    return said


def roles_of(case: Case) -> Roles:
    """What everybody is to the case; None for who may not know of it."""
    row = case.row
    known = {name: person is None or bool(viewers(row, person)) for name, person in case.people.items()}
    return {name: actors(row, person) if known[name] else None for name, person in case.people.items()}


@pytest.mark.parametrize(("track", "has_claim", "state"), PLACES)
def test_every_command_is_decided_by_the_table(cast: Cast, state: State, track: Track, has_claim: bool) -> None:
    """A real case in this state. Neither half leaves a trace of itself, so both are asked of the same case."""
    case = case_in(cast, state, track, has_claim=has_claim)
    before, row, roles = everything(), case.row, roles_of(case)
    what_the_table_forbids_leaves_no_trace(case, row, roles)
    assert everything() == before, "a command that the table forbids has left something behind"
    what_the_table_allows_happens_or_a_guard_says_why_not(case, row, roles)
    assert everything() == before, "what was undone has left something behind"


def what_the_table_forbids_leaves_no_trace(case: Case, row: Dispute, roles: Roles) -> None:
    """Each command by one whom the table forbids it, so that all come up in turn."""
    for number, command in enumerate(sorted(table.COMMANDS)):
        decided = decide(row, roles, command)
        forbidden = [name for name, refusal in decided.items() if refusal]
        name = forbidden[number % len(forbidden)]
        with pytest.raises(Refused) as refusal:
            case.say(case.people[name], command, **payload_for(case, command, case.people[name]))
        assert refusal.type is decided[name], (command, name)


def what_the_table_allows_happens_or_a_guard_says_why_not(case: Case, row: Dispute, roles: Roles) -> None:
    for line in table.TABLE:
        if not table.fits(line, State(row.state), Track(row.track), has_claim=row.has_claim):
            continue
        for name in (name for name, refusal in decide(row, roles, line.command).items() if refusal is None):
            problem, after = try_to_say(case, name, line.command)
            assert problem is not NotNow, (line.command, name)
            assert line.guards or problem not in (NotYours, NotFound), (line.command, name)
            assert problem or line.returns or line.to is None or after == line.to, (line.command, name, after)


# --- The only writer ---------------------------------------------------------------------------------------------
WRITERS = {"mediation/disputes/actions/saying.py", "mediation/disputes/actions/claims.py"}  # a case begins in `claims`
# Referrals and topics of the help centre have states of their own; what never names a dispute cannot write one's.
OWN_STATES = ("mediation/escalations/", "mediation/help_center/actions/gaps.py")
SAVERS = {"update", "bulk_update", "update_or_create", "create", "get_or_create", "bulk_create"}


def writes_of_state(source: str) -> Iterator[int]:
    """Lines that could write the state of a case: an attribute `state` that is set (of anything but `self`), a keyword
    `state` of a query that saves or of `Step.set`, and `setattr` with that name.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [
                part for target in targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])
            ]
            yield from (one.lineno for one in parts if isinstance(one, ast.Attribute) and _is_state(one))
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = {word.arg for word in node.keywords}
            literals = {one.value for one in node.args if isinstance(one, ast.Constant)}
            if (name in SAVERS | {"set"} and "state" in words) or (name == "setattr" and "state" in literals):
                yield node.lineno


def _is_state(target: ast.Attribute) -> bool:
    return target.attr == "state" and not (isinstance(target.value, ast.Name) and target.value.id == "self")


def other_writers(paths: list[Path]) -> list[str]:
    """Where a case's state could be written beside the two places that may."""
    mine = [path for path in paths if short(path) not in WRITERS and "migrations" not in path.parts]
    sources = {short(path): path.read_text() for path in mine}
    return [
        f"{name}:{line}"
        for name, source in sources.items()
        if not name.startswith(OWN_STATES) or "Dispute" in source or "disputes.models" in source
        for line in writes_of_state(source)
    ]


def test_nothing_else_writes_the_state_of_a_case() -> None:
    assert other_writers(files("mediation", "accounts", suffix=".py")) == []
    for path in WRITERS:
        assert list(writes_of_state((ROOT / path).read_text())), f"{path} writes no state any more"


@pytest.mark.parametrize(
    "planted",
    [
        "dispute.state = 'closed'",
        "a, dispute.state = 1, 'closed'",
        "Dispute.objects.filter(pk=1).update(state='closed')",
        "setattr(dispute, 'state', 'closed')",
        "step.set(state='closed')",
        "Dispute.objects.update_or_create(pk=1, state='closed')",
    ],
)
def test_a_planted_second_writer_is_found(planted: str) -> None:
    assert list(writes_of_state(f"def f(dispute, step):\n    {planted}\n")) == [2]
