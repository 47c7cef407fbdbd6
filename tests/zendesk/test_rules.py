"""What the mirror decides by itself: wording, pace, signatures, statuses, audits. No database, no clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.disputes.rules.states import State
from mediation.zendesk.rules import audits, pace, statuses, wording
from mediation.zendesk.rules.pace import Limit
from mediation.zendesk.rules.signature import is_fresh, is_signed, signature
from mediation.zendesk.rules.wording import Line, paragraph, together

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


@given(st.text(st.sampled_from("{}% a<>&\u202e\x00\n") | st.characters(), max_size=300))
def test_no_text_is_a_placeholder_or_markup_afterwards(text: str) -> None:
    said = wording.as_html(text)
    assert not any(sign in said for sign in ("{{", "{%", "}}", "%}", "<script", "\u202e", "\x00"))
    said.encode()  # raises for half a character


@given(st.text(alphabet="ab{}<&é🙂\n", max_size=2_000), st.integers(200, 1_000))
def test_a_paragraph_fits_and_says_when_it_was_cut(text: str, room: int) -> None:
    found = paragraph(Line("Ana", text), cut=" … cut", room=room)
    assert len(found.encode()) <= room
    assert (found == paragraph(Line("Ana", text), cut=" … cut", room=10**9)) or found.endswith(" … cut</p>")


def test_as_many_paragraphs_go_together_as_fit_and_never_none() -> None:
    long = "x" * 40_000
    assert together([long, long, long])[1] == 1
    assert together(["a", "b"]) == ("ab", 2)
    assert together(["x" * 70_000, "b"])[1] == 1


@given(
    st.lists(st.floats(0, 30), min_size=1, max_size=300),
    st.sampled_from([Limit(100, pace.MINUTE), pace.OF_A_TICKET, pace.USERS, Limit(5, pace.MINUTE)]),
)
def test_no_window_ever_holds_more_than_the_limit(steps: list[float], limit: Limit) -> None:
    now, full_at, taken = NOON, None, []
    for step in steps:
        now += timedelta(seconds=step)
        after, wait = pace.take(limit, full_at, now)
        if after is None:
            assert wait > timedelta()
            after, _ = pace.take(limit, full_at, now + wait)
            assert after is not None, "the wait was too short"
            now += wait
        full_at = after
        taken.append(now)
    for begin in taken:
        assert sum(begin <= one < begin + limit.per for one in taken) <= limit.most


def test_waits_grow_and_end_growing() -> None:
    assert [pace.wait_after(tries).total_seconds() for tries in (1, 2, 3, 50)] == [5, 10, 20, 600]
    assert pace.stop_after(4) == timedelta()
    assert pace.stop_after(5) == pace.FIRST_STOP
    assert pace.stop_after(99) == pace.LONGEST_STOP


@pytest.mark.parametrize(
    ("header", "seconds"), [("30", 30), (" 7 ", 7), (None, 60), ("soon", 60), ("-1", 60), ("999999", 3600)]
)
def test_how_long_to_be_silent(header: str | None, seconds: int) -> None:
    assert pace.wait_said(header) == timedelta(seconds=seconds)


def test_a_signature_is_of_one_secret_time_and_body() -> None:
    made = signature("secret", "2026-03-09T12:00:00Z", b"{}")
    assert is_signed(["new", "secret"], "2026-03-09T12:00:00Z", b"{}", made)
    assert not is_signed(["secret"], "2026-03-09T12:00:01Z", b"{}", made)
    assert not is_signed(["secret"], "2026-03-09T12:00:00Z", b"{} ", made)
    assert not is_signed([], "2026-03-09T12:00:00Z", b"{}", made)


@pytest.mark.parametrize(
    ("timestamp", "fresh"),
    [
        ("2026-03-09T12:05:00Z", True),
        ("2026-03-09T11:54:59Z", False),
        ("2026-03-09T12:05:01Z", False),
        ("2026-03-09T12:00:00", False),
        ("1773057600", False),
        ("", False),
    ],
)
def test_fresh_is_within_five_minutes_of_a_moment_with_a_zone(timestamp: str, fresh: bool) -> None:
    assert is_fresh(timestamp, NOON) is fresh


def test_every_state_but_a_draft_has_a_status_and_closed_is_never_said() -> None:
    said = {state: statuses.status_of(state) for state in State if state is not State.DRAFT}
    assert set(said.values()) == {"open", "pending", "hold", "solved"}
    with pytest.raises(KeyError):
        statuses.status_of("draft")
    assert all(statuses.is_ours(tag) for state in said for tag in statuses.tags_of(state))
    assert not statuses.is_ours("vip")
    assert not statuses.is_ours("parley_duplicate")


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"metadata": None, "events": None},
        {"metadata": {"custom": []}, "events": ["nothing"]},
        {"metadata": {"custom": {"src": 5, "ob": "x"}}, "events": [{"type": "Notification"}]},
        {"events": [{"type": "CommentPrivacyChange"}], "via": {"source": None}},
    ],
)
def test_an_audit_may_hold_what_we_do_not_know(odd: dict[str, object]) -> None:
    found = audits.read({"id": 7, **odd})
    assert (found.id, found.is_marked, found.comments, found.is_merge) == (7, False, (), False)
