"""The figures: the fold against a second, naive computation over generated histories, the facts, the page, the file."""

import csv
import io
import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from mediation.conversations.actions import rooms
from mediation.core import clock
from mediation.help_center.models import Ask, HelpSession, Version
from mediation.help_center.queries import figures as queries
from mediation.help_center.rules import figures
from mediation.help_center.rules.figures import Asked, Session
from tests.cast import Cast, make_contract
from tests.help_center.pages import published

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAR = "begins=9999-12-31&ends=9999-12-31"


def history(seed: int) -> list[Session]:
    """Sessions as chance has them, some still open, some followed by a contact close to the edges of the windows."""
    chance = random.Random(seed)
    found = []
    for _ in range(chance.randint(0, 130)):
        at = began = NOW - HOUR * chance.randint(1, 400)
        asks = []
        for _ in range(chance.randint(1, 3)):
            verdict = chance.choice(["", "", "solved", "not_quite", "person"])
            said_at = at + timedelta(minutes=chance.randint(1, 500)) if verdict else None
            asks.append(Asked(uuid4(), at, chance.choice([None, "a", "b"]), verdict, said_at))
            at += timedelta(minutes=chance.randint(0, 90))
        edges = [
            asks[-1].at + HOUR * chance.choice([-1, 0, 23, 24, 25, 71, 72, 73]) for _ in range(chance.randint(0, 2))
        ]
        place, language = chance.choice(["help", "filing", "bot"]), chance.choice(["en", "nl"])
        audience = chance.choice(["client", "visitor"])
        handed = asks[-1].at + timedelta(minutes=chance.randint(1, 300)) if chance.random() < 0.1 else None
        found.append(Session(uuid4(), place, language, audience, began, tuple(asks), tuple(sorted(edges)), handed))
    return found


def naive(sessions: list[Session], now: datetime) -> dict[str, float | None]:
    """The definitions word for word (design, domain, 7), without the fold's vocabulary."""
    counted = confirmed = silent = contacting = deflected = talks = talks_resolved = 0
    for one in sessions:
        last = max(ask.at for ask in one.asks)
        since = (now - last).total_seconds() / 3600
        answered = [ask for ask in one.asks if ask.article is not None]
        later = [(at - last).total_seconds() / 3600 for at in one.contacts if at >= one.began_at]
        wanted_a_person = one.handed_over_at or [ask for ask in one.asks if ask.verdict == "person"]
        words = sorted([(ask.said_at, ask.verdict) for ask in one.asks if ask.verdict])
        if one.handed_over_at:
            words = sorted([*words, (one.handed_over_at, "person")])
        if since > 72:
            counted += 1
            if answered and words and words[-1][1] == "solved":
                confirmed += 1
            if answered and not words and not [hours for hours in later if hours <= 72]:
                silent += 1
        if one.place == "filing" and since > 24:
            contacting += 1
            if answered and not wanted_a_person and not [hours for hours in later if hours <= 24]:
                deflected += 1
        if one.place == "bot" and since > 72:
            talks += 1
            if not wanted_a_person and not [hours for hours in later if hours <= 72]:
                talks_resolved += 1
    return {
        "resolution": (confirmed + silent) / counted if counted else None,
        "confirmed": confirmed / counted if counted else None,
        "silent": silent / counted if counted else None,
        "deflection": deflected / contacting if contacting else None,
        "bot": talks_resolved / talks if talks else None,
    }


def folded(sessions: list[Session]) -> dict[str, float | None]:
    found = figures.fold(sessions, NOW)
    return {name: getattr(found, name).value for name in ("resolution", "confirmed", "silent", "deflection", "bot")}


@pytest.mark.parametrize("seed", range(40))
def test_the_fold_says_what_a_naive_computation_says(seed: int) -> None:
    sessions = history(seed)
    assert folded(sessions) == naive(sessions, NOW)
    counts = figures.fold(sessions, NOW).counts
    assert sum(counts[one.value] for one in figures.Outcome) == counts["sessions"] == len(sessions)
    assert counts["over"] + counts["waiting"] == counts["sessions"]
    for by in figures.DIMENSIONS:
        groups = [figures.fold(group, NOW).counts for group in figures.grouped(sessions, by).values()]
        assert all(sum(group[name] for group in groups) == counts[name] for name in counts if groups)


@pytest.mark.parametrize("fault", ["came", "has_answer", "is_handed_over", "_last_word", "is_over"])
def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    real = getattr(figures, fault)
    broken = {"_last_word": lambda session: session.asks[-1].verdict}.get(fault, lambda *args: not real(*args))
    monkeypatch.setattr(figures, fault, broken)
    assert any(folded(history(seed)) != naive(history(seed), NOW) for seed in range(40))


def test_an_article_has_the_questions_it_was_shown_for() -> None:
    sessions = history(3)
    asked = [ask for one in sessions for ask in one.asks if ask.article == "a"]
    found = figures.fold(figures.grouped(sessions, "article")["a"], NOW)
    assert found.asked == found.counts["shown"] == len(asked)
    over = [ask for ask in asked if NOW - ask.at > 72 * HOUR]
    assert found.counts["confirmed"] == sum(ask.verdict == "solved" for ask in over)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(0, 10, 0.0, 0.2775), (8, 10, 0.4902, 0.9433), (50, 99, 0.4082, 0.6015)]
)
def test_bounds_are_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert figures.Share(part, whole).bounds == pytest.approx((low, high), abs=5e-4)


def test_a_hundred_needs_no_bounds_and_nothing_has_no_share() -> None:
    assert figures.Share(50, 100).bounds is None
    assert figures.Share(0, 0).value is figures.Share(0, 0).bounds is None


def asked(
    person: object, at: datetime, *, shown: Version | None, verdict: str = "", place: str = "help", question: str = "Q?"
) -> Ask:
    session = HelpSession.objects.create(person=person, place=place, began_at=at)
    return Ask.objects.create(
        session=session, question=question, language="en", kind="article" if shown else "did_you_mean", shown=shown,
        verdict=verdict, at=at, said_at=at if verdict else None,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_facts_know_who_came(cast: Cast) -> None:
    """Asking for a mediator and a private word to Upwork are contacts; talking with the other side is none."""
    version, began = published("who-pays"), clock.now() - 100 * HOUR
    asked(cast.client, began, shown=version)
    asked(cast.freelancer, began, shown=version)
    asked(None, began, shown=version)
    with clock.at(began + HOUR):
        cast.say(cast.freelancer, "Hello")
        cast.mediate()
    with clock.at(began + 80 * HOUR):
        cast.say(cast.freelancer, "In private", audience="caucus_freelancer")
    found = {one.audience: one for one in queries.sessions(began, began + HOUR)}
    assert found["client"].contacts == (began + HOUR,)
    assert found["freelancer"].contacts == (began + 80 * HOUR,)
    outcomes = {who: figures.outcome(one, clock.now()).value for who, one in found.items()}
    assert outcomes == {"client": "came_anyway", "freelancer": "silent", "visitor": "silent"}
    assert [one.asks[0].article for one in found.values()] == ["who-pays"] * 3


@pytest.mark.django_db
def test_a_contact_about_another_contract_is_none(cast: Cast) -> None:
    version, began = published("who-pays"), clock.now() - 100 * HOUR
    other = rooms.open_room(contract=make_contract(cast.client, cast.outside_freelancer, title="Logo"))
    rows = [asked(cast.client, began, shown=version).session for _ in range(2)]
    for session, room in zip(rows, (other, cast.room), strict=True):
        HelpSession.objects.filter(pk=session.pk).update(room=room)
    with clock.at(began + HOUR):
        cast.mediate()
    found = {one.id: one.contacts for one in queries.sessions(began, began + HOUR)}
    assert found == {rows[0].pk: (), rows[1].pk: (began + HOUR,)}


@pytest.mark.django_db
def test_the_page_the_file_and_the_questions_agree(client: Client, cast: Cast) -> None:
    version, at = published("who-pays"), clock.now() - 100 * HOUR
    asked(cast.client, at, shown=version, verdict="solved", question="Who pays the zebra?")
    asked(cast.freelancer, at, shown=version, verdict="not_quite", place="bot", question="Who pays the giraffe?")
    asked(None, at, shown=None, place="filing", question="What is a gnu?")
    client.force_login(cast.analyst)
    page = client.get("/help/figures/")
    tables = page.context["tables"]
    rows = list(csv.reader(io.StringIO(client.get("/help/figures/?as=csv").content.decode())))
    shown = [[part.title, row.name, *(cell.text for cell in row.cells)] for part in tables for row in part.rows]
    assert rows[1:] == shown
    assert all(cell in page.content.decode() for row in shown for cell in row)
    assert rows[1][rows[0].index("Self-service resolution")].startswith("33.3 % (")
    for part in tables:
        for row in part.rows:
            for cell, head in zip(row.cells, page.context["heads"], strict=True):
                behind = client.get(
                    "/help/figures/questions/", {"part": part.key, "group": row.key, "number": cell.number}
                )
                if not cell.text.endswith(")") and cell.text != "–":
                    assert behind.context["page"].paginator.count == int(cell.text), (part.key, row.key, head)
    behind = client.get("/help/figures/questions/?part=place&group=bot&number=failed").content.decode()
    assert "giraffe" in behind
    assert "zebra" not in behind
    assert cast.freelancer.name not in behind


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked_for", ["begins=2026-13-40", "begins=2026-05-05&ends=2026-05-01", "begins=0001-01-01", FAR]
)
def test_a_period_that_is_none_is_refused_in_words(client: Client, cast: Cast, asked_for: str) -> None:
    client.force_login(cast.admin)
    assert client.get(f"/help/figures/?{asked_for}").status_code == 400
    assert client.get(f"/help/figures/questions/?{asked_for}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["part=x&group=y", "number=__class__", "group=\x00", "page=-1", "part=article&group=q"])
def test_an_odd_address_shows_no_question(client: Client, cast: Cast, odd: str) -> None:
    asked(None, clock.now(), shown=None)
    client.force_login(cast.admin)
    answer = client.get(f"/help/figures/questions/?{odd}")
    assert answer.status_code == 200
    assert answer.context["page"].paginator.count == (1 if odd == "page=-1" else 0)
