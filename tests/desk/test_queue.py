"""Queues: what stands in which, for whom, in which order; and that pages neither repeat nor leave out a case."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Team, User
from mediation.core import clock
from mediation.core.errors import Invalid, NotFound
from mediation.desk import audience
from mediation.desk.actions.rows import refresh
from mediation.desk.models import CaseTag, QueueRow
from mediation.desk.queries import pages
from mediation.desk.rules.rows import FAR
from mediation.desk.rules.views import Queue, View
from mediation.disputes.rules.states import State
from tests.cast import Cast, person
from tests.desk.conftest import elsewhere
from tests.disputes.cases import Case
from tests.disputes.ways import bring, start

pytestmark = pytest.mark.django_db
MINUTES = timedelta(minutes=1)


def asked(cast: Cast, name: str, *, has_claim: bool = False, state: State = State.ESCALATED) -> Case:
    case = start(elsewhere(cast, name), has_claim=has_claim)
    bring(case, state)
    refresh([case.id])
    return case


def due(case: Case, minutes: float | None, *, at_risk: bool = False) -> None:
    """Set when the case is due, from now on."""
    now = clock.now()
    due_at = None if minutes is None else now + minutes * MINUTES
    begins = now - 600 * MINUTES
    marks = {"begins_at": begins, "soon_at": begins, "risk_at": now - MINUTES if at_risk else due_at}
    QueueRow.objects.filter(pk=case.id).update(
        due_at=due_at,
        order_at=due_at or FAR,
        turn="upwork" if due_at else "party",
        metric="CLAIM" if due_at else "",
        **(marks if due_at else {}),
    )


def titles(user: User, queue_name: Queue, **narrowed: str) -> list[str]:
    lines = pages.page(user, View(queue_name, **narrowed)).lines
    return [line.title.removeprefix("Job ") for line in lines]


def test_each_queue_has_its_cases_next_due_first(cast: Cast) -> None:
    late, risk, mine, idle, theirs, undue = (
        asked(cast, name) for name in ("late", "risk", "mine", "idle", "theirs", "undue")
    )
    mine.do(cast.agent, "claim")
    idle.do(cast.agent, "claim")
    theirs.do(cast.senior, "claim")
    refresh([mine.id, idle.id, theirs.id])
    due(late, -5, at_risk=True)
    due(risk, 5, at_risk=True)
    due(mine, 20)
    due(theirs, 10)
    due(idle, None)
    due(undue, None)
    Team.objects.create(name="Mediation").members.set([cast.agent, cast.senior])
    expected = {
        Queue.UNCLAIMED: ["late", "risk", "undue"],
        Queue.MINE: ["mine", "idle"],
        Queue.ON_ME: ["mine"],
        Queue.TEAM: ["theirs"],
        Queue.DECIDE: [],
        Queue.LATE: ["late"],
        Queue.RISK: ["risk"],
        Queue.OPEN: ["late", "risk", "theirs", "mine"],
        Queue.SNOOZED: [],
    }
    found = {name: titles(cast.agent, name) for name in Queue}
    assert sorted(found[Queue.OPEN][4:]) == ["idle", "undue"], "those that are not due come last"
    found[Queue.OPEN] = found[Queue.OPEN][:4]
    assert found == expected
    assert pages.beside(cast.agent).counts == {name: len(found) for name, found in expected.items()} | {Queue.OPEN: 6}
    assert titles(cast.agent, Queue.MINE) != titles(cast.senior, Queue.MINE)


def test_a_page_shows_the_clock_as_it_stands(cast: Cast) -> None:
    case = asked(cast, "one")
    due(case, 5, at_risk=True)
    [line] = pages.page(cast.agent, View()).lines
    shown = line.clock(clock.now())
    assert shown is not None
    assert (shown.face.state, shown.metric) == ("risk", "CLAIM")
    due(case, None)
    [line] = pages.page(cast.agent, View()).lines
    assert line.clock(clock.now()) is None


def test_it_is_narrowed_by_every_filter(cast: Cast) -> None:
    plain = asked(cast, "plain")
    claim = asked(cast, "claim", has_claim=True)
    dutch = asked(cast, "dutch")
    User.objects.filter(pk=dutch.cast.client.pk).update(language="nl")
    assert titles(cast.agent, Queue.OPEN, track="A") == ["claim"]
    assert sorted(titles(cast.agent, Queue.OPEN, track="none")) == ["dutch", "plain"]
    assert titles(cast.agent, Queue.OPEN, language="nl") == ["dutch"]
    assert titles(cast.agent, Queue.OPEN, priority=QueueRow.objects.get(pk=claim.id).priority, track="A") == ["claim"]
    assert titles(cast.agent, Queue.OPEN, priority="urgent") == []
    assert titles(cast.agent, Queue.OPEN, words="job PLAIN") == ["plain"]
    assert titles(cast.agent, Queue.OPEN, words="client plain") == ["plain"]
    assert titles(cast.agent, Queue.OPEN, words=str(claim.row.number)) == ["claim"]
    assert plain.row.number is None or titles(cast.agent, Queue.OPEN, words="9" * 30) == []


def test_tags_narrow_it_to_what_has_all_of_them(cast: Cast) -> None:
    both, one = asked(cast, "both"), asked(cast, "one")
    asked(cast, "none")
    CaseTag.objects.bulk_create(
        CaseTag(dispute_id=case.id, name=name) for case, name in ((both, "vip"), (both, "refund"), (one, "vip"))
    )
    assert sorted(titles(cast.agent, Queue.OPEN, tags="vip")) == ["both", "one"]
    assert titles(cast.agent, Queue.OPEN, tags="refund vip", words="job") == ["both"]
    assert titles(cast.agent, Queue.OPEN, tags="refund") == ["both"], "the same question with another word"
    assert titles(cast.agent, Queue.OPEN, tags="v%p") == titles(cast.agent, Queue.OPEN, tags="vi") == []
    assert titles(cast.client, Queue.OPEN, tags="vip") == []


def test_pages_go_on_where_the_last_one_ended(cast: Cast) -> None:
    """Also among rows that are due at the very same moment, and among those without a due time."""
    for number in range(9):
        due(asked(cast, f"n{number}"), [5, 5, 5, 10, None][number % 5])
    whole = pages.page(cast.agent, View())
    seen, after = [], None
    for _ in range(5):
        page = pages.page(cast.agent, View(), after=after, size=2)
        seen += [line.id for line in page.lines]
        after = page.after
    assert seen == [line.id for line in whole.lines]
    assert len(set(seen)) == 9
    assert after is None is whole.after


@pytest.mark.parametrize(
    "after", ["x", "2026-01-01~", f"2026-01-01T00:00:00.000Z~{'x' * 36}", "~8f0a6c52-5a1e-4c0b-9a55-0d4d6f1d7e10"]
)
def test_a_key_that_no_page_gave_is_refused(cast: Cast, after: str) -> None:
    with pytest.raises(Invalid):
        pages.page(cast.agent, View(), after=after)


def test_the_desk_is_for_those_who_read_cases(cast: Cast) -> None:
    case = asked(cast, "one")
    for reader in (cast.agent, cast.senior, cast.ee, cast.supervisor, cast.qa):
        assert titles(reader, Queue.OPEN) == ["one"]
        assert audience.row_of(reader, case.id).pk == case.id
    for outsider in (cast.client, case.cast.client, cast.freelancer, cast.outsider, cast.analyst, cast.admin):
        assert titles(outsider, Queue.OPEN) == []
        assert set(pages.beside(outsider).counts.values()) == {0}
        with pytest.raises(NotFound):
            audience.row_of(outsider, case.id)
    cast.agent.is_active = False
    assert titles(cast.agent, Queue.OPEN) == []


def test_nobody_sees_their_own_dispute_from_behind(cast: Cast) -> None:
    """Agents were customers once: what they are a party to is on everybody's desk but theirs."""
    case = asked(cast, "one")
    client = case.cast.client
    client.role = "agent"
    client.save(update_fields=["role"])
    assert titles(client, Queue.OPEN) == []
    assert pages.beside(client).counts[Queue.UNCLAIMED] == 0
    with pytest.raises(NotFound):
        audience.row_of(client, case.id)
    assert titles(cast.agent, Queue.OPEN) == ["one"]


def test_an_award_is_on_the_list_of_seniors(cast: Cast) -> None:
    case = asked(cast, "one", has_claim=True, state=State.IN_ARBITRATION)
    assert QueueRow.objects.get(pk=case.id).decision == "senior"
    assert (titles(cast.senior, Queue.DECIDE), titles(cast.agent, Queue.DECIDE)) == (["one"], [])


def test_colleagues_are_those_of_ones_teams(cast: Cast) -> None:
    case = asked(cast, "one")
    case.do(cast.senior, "claim")
    refresh([case.id])
    Team.objects.create(name="One").members.set([cast.agent, cast.senior, person("Zoe Young", "agent")])
    Team.objects.create(name="Other").members.set([cast.mediator, cast.senior])
    assert [(mate.name, mate.open_cases) for mate in pages.beside(cast.agent).mates] == [
        ("Zoe Young", 0),
        ("Sam Okafor", 1),
    ]


def test_the_desk_is_one_question_with_whatever_values(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written for one person's page is asked for another's, at another time, in another language."""
    for number in range(4):
        due(asked(cast, f"n{number}"), number)
    with CaptureQueriesContext(connection) as queries:
        page, beside = pages.desk(cast.agent, View())
    assert len(queries) == 4
    assert [line.language for line in page.lines] == ["en"] * 4
    assert (beside.counts[Queue.UNCLAIMED], beside.counts[Queue.MINE], beside.mentions) == (4, 0, 0)
    mine = [asked(cast, f"of {agent.name}") for agent in (cast.agent, cast.mediator)]
    for case, agent in zip(mine, (cast.agent, cast.mediator), strict=True):
        case.do(agent, "claim")
        refresh([case.id])
    User.objects.filter(pk=mine[0].cast.client.pk).update(language="nl")
    assert titles(cast.agent, Queue.MINE) == [f"of {cast.agent.name}"]
    assert titles(cast.mediator, Queue.MINE) == [f"of {cast.mediator.name}"]
    assert titles(cast.agent, Queue.MINE, language="nl") == titles(cast.agent, Queue.MINE)
    assert titles(cast.agent, Queue.MINE, language="es") == []
    monkeypatch.setattr(pages, "MOST_COUNTED", 2)
    assert pages.beside(cast.agent).counts[Queue.UNCLAIMED] == 3, "three is: more than two"


def test_words_are_searched_for_as_they_are(cast: Cast) -> None:
    """They are asked for with the statement's own text: nothing in them ends it, or is a place for a value."""
    asked(cast, "100% of o'hara")
    assert titles(cast.agent, Queue.OPEN, words="100% O'HARA") == ["100% of o'hara"]
    assert titles(cast.agent, Queue.OPEN, words="%s") == titles(cast.agent, Queue.OPEN, words="' OR 1=1 --") == []
    assert titles(cast.agent, Queue.OPEN, words="\\") == []
