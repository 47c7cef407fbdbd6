"""Who learns of a look into a private talk, and when; and two who act at the same moment."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from mediation.conversations.models import Message
from mediation.core import clock
from mediation.disputes import errors
from mediation.disputes.actions import glass, notices, telling
from mediation.disputes.audience import case_of
from mediation.disputes.models import Dispute, Notice, Objection
from mediation.disputes.queries import glass as queries
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.glass import Status, status
from mediation.disputes.rules.states import State
from tests.at_once import at_once
from tests.cast import Cast
from tests.disputes.cases import Case, check_chains
from tests.disputes.glasses import ASK, about, ask, case, logged, opened, texts
from tests.disputes.stories import later
from tests.disputes.ways import case_in

__all__ = ["case"]


# --- Telling the party ---------------------------------------------------------------------------------------------
def told(cast: Cast) -> list[str]:
    lines = Message.objects.filter(thread=cast.thread("caucus_client"), code="dispute.glass_told")
    return list(lines.values_list("params__glass", flat=True))


def close(case: Case) -> None:
    case.do(case.cast.client, "withdraw")
    assert case.row.state == State.CLOSED


def test_the_party_is_told_after_the_close_and_never_before(cast: Cast, case: Case) -> None:
    asked = opened(case, cast.supervisor, cast.senior)
    with later(hours=2):
        telling.sweep()
        assert (told(cast), Notice.objects.filter(code__startswith="glass").count()) == ([], 0)
        assert logged(case)[-1] == "glass_over"
        close(case)
        assert [telling.sweep(), telling.sweep()] == [1, 0]
        assert told(cast) == [str(asked.pk)]
        assert case_view(case_of(cast.freelancer, case.id), cast.freelancer)["glass"] == []
        [mine] = case_view(case_of(cast.client, case.id), cast.client)["glass"]
        assert (mine["ground"], mine["reason"], mine["decided_by"]) == ("conduct", "", None)
        assert mine["asked_by"]["name"] == "Sue Park"
        notices.hand_over()
    [letter] = [one for one in mail.outbox if "private talk" in one.subject]
    assert letter.to == [cast.client.email]
    assert "threatened" not in letter.body
    check_chains(case.id)


def test_the_letter_is_in_the_language_of_whom_it_is_to(cast: Cast, case: Case) -> None:
    asked = ask(case, cast.supervisor, cast.freelancer)
    glass.approve(user=cast.senior, **about(case, asked))
    glass.open_(user=cast.supervisor, **about(case, asked))
    with later(hours=2):
        close(case)
        telling.sweep()
        notices.hand_over()
    assert any("conversación privada" in one.subject for one in mail.outbox if one.to == [cast.freelancer.email])


def test_a_closed_case_is_told_of_when_the_look_ends(cast: Cast, case: Case) -> None:
    close(case)
    asked = opened(case, cast.supervisor, cast.senior)
    assert (telling.sweep(), told(cast)) == (0, [])
    glass.end(user=cast.supervisor, **about(case, asked))
    assert (telling.sweep(), told(cast)) == (1, [str(asked.pk)])


def test_what_was_never_opened_is_not_told(cast: Cast, case: Case) -> None:
    asked = ask(case, cast.supervisor)
    glass.approve(user=cast.senior, **about(case, asked))
    with later(hours=2):
        close(case)
        telling.sweep()
        assert told(cast) == []
        asked.refresh_from_db()
        assert (status(asked.times, clock.now()), asked.ended_at) == (Status.OVER, asked.ends_at)


def test_a_case_that_breaks_does_not_hold_up_the_others(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(case, cast.supervisor, cast.senior)

    def broken(*_: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(glass, "write_ends", broken)
    with later(hours=2):
        assert telling.sweep() == 0


# --- Case file, list, races ----------------------------------------------------------------------------------------
def test_who_reads_that_chain_sees_all_of_it(cast: Cast, case: Case) -> None:
    asked = opened(case, cast.supervisor, cast.senior)
    for name in ("supervisor", "senior", "qa", "ee"):
        who = getattr(cast, name)
        [row] = case_view(case_of(who, case.id), who)["glass"]
        assert (row["id"], row["status"], row["reason"]) == (str(asked.pk), "open", ASK["reason"])
        assert [one.pk for one in queries.asked_now(who)] == [asked.pk]
    for name in ("client", "freelancer", "mediator", "agent"):
        who = getattr(cast, name)
        assert case_view(case_of(who, case.id), who)["glass"] == []


def test_of_two_who_agree_at_once_one_decides(live_cast: Cast) -> None:
    cast = live_cast
    case = case_in(cast, State.MEDIATING)
    asked = ask(case, cast.supervisor)
    agreeing: list[Callable[[], object]] = [
        lambda who=who: glass.approve(user=who, **about(case, asked)) for who in (cast.senior, cast.qa, cast.ee)
    ]
    results = at_once(*agreeing)
    assert sorted(type(one).__name__ for one in results) == ["BreakGlass", "DecidedAlready", "DecidedAlready"]
    assert logged(case) == ["ask_glass", "approve_glass"]


def test_asked_twice_at_once_there_is_one_ask(live_cast: Cast) -> None:
    case = case_in(live_cast, State.MEDIATING)
    results = at_once(*[lambda: ask(case, live_cast.supervisor)] * 3)
    assert sorted(type(one).__name__ for one in results) == ["AskedAlready", "AskedAlready", "BreakGlass"]


def test_a_party_with_an_upheld_objection_keeps_that_person_out(cast: Cast, case: Case) -> None:
    Objection.objects.create(
        dispute=case.row, mediator=cast.senior, raised_by=cast.client, reason="She knows him.", raised_at=clock.now(),
        is_upheld=True, decided_at=clock.now(),
    )  # fmt: skip
    asked = ask(case, cast.supervisor)
    with pytest.raises(errors.ReaderInConflict):
        glass.approve(user=cast.senior, **about(case, asked))


def test_what_was_said_in_another_case_of_the_room_is_no_part_of_this_one(cast: Cast, case: Case) -> None:
    with later(days=1):
        close(case)
    with later(days=2):
        cast.say(cast.client, "Nothing to do with it.", audience="caucus_client")
    with later(days=3):
        other: datetime = clock.now()
        Dispute.objects.create(
            room=cast.room, filer=cast.client, respondent=cast.freelancer, filer_is_client=True, has_claim=False,
            state="closed", policy=case.row.policy, currency="USD", created_at=other, closed_at=other,
        )  # fmt: skip
    with later(days=4):
        cast.say(cast.client, "Of the other case.", audience="caucus_client")
        asked = opened(case, cast.supervisor, cast.senior)
        said = texts(case, cast.supervisor, asked)
        assert "Of the other case." not in said
        assert said[0].startswith("Between us")


def test_the_admin_s_page_of_a_case_does_not_say_that_somebody_was_told(client: Client, cast: Cast, case: Case) -> None:
    close(case)
    asked = opened(case, cast.supervisor, cast.senior)
    glass.end(user=cast.supervisor, **about(case, asked))
    telling.sweep()
    assert Notice.objects.filter(dispute=case.id, code__startswith="glass").exists()
    client.force_login(cast.admin)
    page = client.get(reverse("admin:disputes_dispute_change", args=[case.id])).content.decode()
    assert "handed over" in page.casefold()
    assert "glass:" not in page
