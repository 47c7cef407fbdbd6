"""Nobody loses time that we took: a deadline moves for both by the length of our outage, and the ledger says so."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes import errors, tasks
from mediation.disputes.actions import auto_release, exhibits, outages
from mediation.disputes.models import AutoRelease, Dispute, Heartbeat, Outage
from mediation.disputes.rules.deadlines import moved_by_outage
from mediation.disputes.rules.outages import check_outage
from mediation.events.models import Event
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import ANSWER, state

BEGIN = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)


def at(**length: float) -> datetime:
    return BEGIN + timedelta(**length)


@pytest.mark.parametrize(
    ("begins", "ends", "moved"),
    [
        (-30, -25, 0),  # long before: no harm
        (-30, -23, 7),  # reaches into the last 24 hours: its whole length
        (-2, -1, 1),
        (-1, 5, 6),  # over the deadline: what comes after it too
        (0, 4, 0),  # after the deadline
    ],
)
def test_how_far_a_deadline_moves(begins: int, ends: int, moved: int) -> None:
    due = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
    outage = (due + timedelta(hours=begins), due + timedelta(hours=ends))
    assert moved_by_outage(due, [outage]) == due + timedelta(hours=moved)


def test_a_short_outage_moves_to_the_next_full_hour_at_least() -> None:
    due = datetime(2026, 3, 9, 10, 20, tzinfo=UTC)
    outages_ = [(due - timedelta(minutes=9), due - timedelta(minutes=4))]
    assert moved_by_outage(due, outages_) == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)


@contextmanager
def there_at(moment: datetime) -> Iterator[None]:
    """People can act again or still, the worker does its round, and somebody looks what came of it."""
    with clock.at(moment):
        outages.note_reachable()
        tasks.fire_timers()
        yield


def test_a_deadline_in_an_outage_does_not_pass(cast: Cast, draft: Dispute, say: Say) -> None:
    with clock.at(BEGIN):
        Dispute.objects.update(created_at=BEGIN)
        say(cast.client, "file")
    with there_at(at(days=5, hours=-2)):
        assert not Outage.objects.exists()
    with there_at(at(days=5, hours=3)):  # five hours of silence, over the deadline
        assert state(draft) == "awaiting_response"
        line = draft.deadlines.get(reason="outage")
        assert (line.was_due_at, line.due_at) == (at(days=5), at(days=5, hours=5))
        version = draft.version
    with there_at(at(days=5, hours=3, minutes=1)):
        assert Dispute.objects.get(pk=draft.pk).version == version, "moved once"
        assert say(cast.freelancer, "decline", **ANSWER).state == "negotiating"


def test_who_comes_back_before_we_know_it_is_given_the_time_too(cast: Cast, draft: Dispute, say: Say) -> None:
    with clock.at(BEGIN):
        Dispute.objects.update(created_at=BEGIN)
        say(cast.client, "file")
    with there_at(at(days=5, minutes=-5)):
        pass
    with clock.at(at(days=5, minutes=55)):
        assert say(cast.freelancer, "decline", **ANSWER).state == "negotiating"
        assert not draft.deadlines.filter(reason="grace").exists()


def test_a_short_silence_is_none(cast: Cast, draft: Dispute, say: Say) -> None:
    for seconds in (0, 20, 80, 100):
        with there_at(at(seconds=seconds)):
            assert not Outage.objects.exists()


def entered(cast: Cast, began_at: datetime, ended_at: datetime, reason: str = "The network was down.") -> Outage:
    return outages.record(user=cast.supervisor, began_at=began_at, ended_at=ended_at, reason=reason)


def test_an_outage_that_only_people_know_of_is_entered_once(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    due = draft.timers.get(kind="response").due_at
    with clock.at(due - timedelta(minutes=30)):
        first = entered(cast, due - timedelta(hours=3), due - timedelta(hours=1))
        assert entered(cast, first.began_at, first.ended_at).pk == first.pk
    assert draft.timers.get(kind="response", cancelled_at__isnull=True).due_at == due + timedelta(hours=2)
    assert (first.recorded_by, first.reason) == (cast.supervisor, "The network was down.")
    assert draft.deadlines.filter(reason="outage").count() == 1


def test_what_was_asked_of_a_party_moves_too(cast: Cast, draft: Dispute, mediation: Say) -> None:
    due = clock.now() + timedelta(days=2)
    for party, hours in ((cast.client, 0), (cast.freelancer, 72)):
        ask = {"kind": "document", "text": "The contract?", "due_at": due + timedelta(hours=hours)}
        mediation(cast.mediator, "make_request", asked_of=party.pk, **ask)
    with clock.at(due - timedelta(hours=1)):
        entered(cast, due - timedelta(hours=5), due - timedelta(hours=2))
    moved, kept = draft.requests.order_by("due_at")
    assert (moved.due_at, kept.due_at) == (due + timedelta(hours=3), due + timedelta(hours=72))
    line = draft.deadlines.get(kind="request", person=cast.client, ended_at__isnull=True)
    assert (line.was_due_at, line.due_at) == (due, moved.due_at)
    assert Event.objects.filter(type="dispute.grant_outage").count() == 1


@pytest.mark.parametrize(
    ("begins", "ends", "reason", "refused"),
    [
        (-2, -3, "x", errors.OutageTimes),
        (-2, -2, "x", errors.OutageTimes),
        (-2, 1, "x", errors.OutageTimes),
        (-24 * 8, -2, "x", errors.OutageTimes),
        (-3, -2, "  ", errors.ReasonMissing),
    ],
)
def test_only_what_is_over_is_entered(begins: int, ends: int, reason: str, refused: type[Refused]) -> None:
    with pytest.raises(refused):
        check_outage(at(hours=begins), at(hours=ends), reason, BEGIN)


def test_times_that_overlap_are_not_given_back_twice(cast: Cast) -> None:
    with clock.at(BEGIN):
        entered(cast, at(hours=-4), at(hours=-2))
        with pytest.raises(errors.OutageKnown):
            entered(cast, at(hours=-3), at(hours=-1))
        entered(cast, at(hours=-2), at(hours=-1))
    assert Outage.objects.count() == 2


def test_the_admin_records_one_and_changes_none(client: Client, cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    due = draft.timers.get(kind="response").due_at
    began, ended = due - timedelta(hours=3), due - timedelta(hours=1)
    said = {"reason": "The network was down."}
    for name, moment in (("began_at", began), ("ended_at", ended)):
        said |= {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M:%S}"}
    cast.admin.time_zone = "UTC"
    cast.admin.save(update_fields=["time_zone"])
    add = reverse("admin:disputes_outage_add")
    client.force_login(cast.admin)
    with clock.at(due):
        page = client.post(add, {key: value for key, value in said.items() if key != "reason"})
        assert page.status_code == 200
        assert "Say why" in page.content.decode()
        assert not Outage.objects.exists()
        for _ in range(2):
            assert client.post(add, said).status_code == 302
    outage = Outage.objects.get()
    assert (outage.recorded_by, outage.granted_at is not None) == (cast.admin, True)
    change = reverse("admin:disputes_outage_change", args=[outage.pk])
    assert "The network was down." in client.get(change).content.decode()
    assert client.post(change, said | {"reason": "Nothing."}).status_code == 403
    assert client.post(reverse("admin:disputes_outage_delete", args=[outage.pk])).status_code == 403
    assert "The network was down." in client.get(reverse("admin:disputes_outage_changelist")).content.decode()
    client.force_login(cast.agent)
    assert client.post(add, said).status_code in (302, 403)
    assert Outage.objects.count() == 1


def test_an_outage_over_the_end_of_filing_erases_no_draft(cast: Cast, draft: Dispute, say: Say) -> None:
    due = draft.timers.get().due_at
    with there_at(due - timedelta(hours=6)):
        assert state(draft) == "draft"
    with there_at(due + timedelta(hours=1)):
        assert state(draft) == "draft"
        waiting = draft.timers.get(fired_at__isnull=True)
        assert (waiting.epoch, waiting.due_at) == (2, due + timedelta(hours=7))
    with clock.at(due + timedelta(hours=6, minutes=59)):
        Heartbeat.objects.update(seen_at=clock.now())  # we were there meanwhile
        assert say(cast.client, "file").state == "awaiting_response"


def test_an_outage_over_the_time_of_a_milestone_gives_the_client_that_time(cast: Cast, milestone: Milestone) -> None:
    due = clock.now() + timedelta(days=2)
    auto_release.start(milestone, due_at=due)
    for moment, is_paid in ((-6, False), (1, False), (6.9, False), (7.1, True)):
        with clock.at(due + timedelta(hours=moment)):
            if moment > 1:
                Heartbeat.objects.update(seen_at=clock.now())  # we were there all the time
            outages.note_reachable()
            tasks.pay_out()
            assert (Milestone.objects.get(pk=milestone.pk).status == "released") is is_paid
    assert AutoRelease.objects.get().due_at == due + timedelta(hours=7)


def test_the_admin_s_list_says_how_many_cases_each_moved_and_asks_once(
    client: Client, cast: Cast, draft: Dispute, say: Say
) -> None:
    say(cast.client, "file")
    due = draft.timers.get(kind="response").due_at
    listed, counts = reverse("admin:disputes_outage_changelist"), []
    client.force_login(cast.admin)
    with clock.at(due - timedelta(minutes=30)):
        for hours in (2, 150, 160):
            entered(cast, due - timedelta(hours=hours + 1), due - timedelta(hours=hours))
            client.get(listed)
            with CaptureQueriesContext(connection) as asked:
                page = client.get(listed).content.decode()
            counts.append(len(asked))
    assert re.findall(r'field-cases_moved">(\d+)<', page) == ["1", "0", "0"]
    assert counts[0] == counts[1] == counts[2]


def test_a_file_that_becomes_evidence_finds_the_deadline_moved_too(
    cast: Cast, draft: Dispute, say: Say, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with clock.at(BEGIN):
        Dispute.objects.update(created_at=BEGIN)
        say(cast.client, "file")
    with there_at(at(days=5, minutes=-5)):
        pass
    with clock.at(at(days=5, minutes=55)):
        file, about = SimpleUploadedFile("plan.txt", b"The plan."), {"user": cast.freelancer, "dispute_id": draft.pk}
        kept = exhibits.keep(command="submit_evidence", file=file, **about)
        exhibits.submit_with_file(
            **about, file_id=kept,
            payload={"kind": "file", "title": "The plan"}, command_id=uuid4(), expected_version=None,
        )  # fmt: skip
        assert draft.evidence.count() == 1
        assert not draft.deadlines.filter(reason="grace").exists()
        assert draft.deadlines.filter(reason="outage").exists()


def test_a_case_that_breaks_holds_up_no_command_and_no_other_case(
    cast: Cast, draft: Dispute, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(cast.client, "file")
    due = draft.timers.get(kind="response").due_at
    Outage.objects.create(began_at=due - timedelta(hours=2), ended_at=due - timedelta(hours=1))

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(outages, "say", broken)
    with clock.at(due - timedelta(minutes=30)):
        outages.note_reachable()
        say(cast.freelancer, "decline", **ANSWER)
    assert Outage.objects.filter(granted_at__isnull=True).count() == 0
    assert state(draft) == "negotiating"
