"""What is one ticket's own trouble stops no other; what is pressed while a worker has a ticket in its hands is done."""

from datetime import timedelta
from typing import Any

import pytest

from mediation.core import clock
from mediation.zendesk.actions import freezing, leases, pulling, working
from mediation.zendesk.models import Account, Mirror, Outgoing
from tests.at_once import at_once
from tests.zendesk.conftest import Sides
from tests.zendesk.test_outage import make_cases


def others(sides: Sides) -> Any:
    """What waits for tickets beside the one that has the trouble."""
    return Outgoing.objects.filter(done_at=None).exclude(mirror=sides.mirror)


@pytest.mark.parametrize("path", ["^/api/v2/tickets/{}$", "^/api/v2/tickets/{}/audits$"])
def test_a_ticket_that_we_may_not_touch_holds_up_no_other(sides: Sides, path: str) -> None:
    sides.standin.faults({"what": "status", "status": 403, "times": 0, "path": path.format(sides.ticket)})
    sides.write(sides.cast.client, "Not let in.")
    sides.hear()
    make_cases(sides, 2)
    sides.ring()
    for _ in range(10):
        sides.later(seconds=20)
    assert not others(sides).exists()
    assert sides.waiting == 1
    sides.standin.clear_faults()
    sides.until_in_step(minutes=5)
    assert sides.said_there().count("Not let in.") == 1


def test_two_that_we_may_not_touch_are_the_accounts_trouble(sides: Sides) -> None:
    make_cases(sides, 2)
    for _ in range(10):
        sides.later(seconds=20)
    first, second = Mirror.objects.exclude(pk=sides.mirror.pk).order_by("ticket_id")
    sides.standin.faults({"what": "status", "status": 403, "times": 0, "path": "^/api/v2/tickets/"})
    for mirror in (first, first, second):
        assert Account.objects.get().stopped_until is None
        Mirror.objects.filter(pk=mirror.pk).update(is_rung=True, work_at=clock.now())
        wait = working.work(mirror.pk)
        assert wait is not None
        assert wait.is_everyones == (mirror == second)
    assert Account.objects.get().trouble == "forbidden"


def test_a_short_limit_of_users_stops_only_what_has_no_ticket(sides: Sides) -> None:
    sides.write(sides.cast.client, "Said meanwhile.")
    sides.hear()
    make_cases(sides, 1)
    sides.standin.faults({"what": "status", "status": 429, "times": 1, "path": "create_or_update",
                          "headers": {"Retry-After": "5"}})  # fmt: skip
    sides.sync()
    sides.work()
    assert "Said meanwhile." in sides.said_there()
    assert others(sides).exists()
    for _ in range(5):
        sides.later(seconds=20)
    assert not others(sides).exists()


def test_read_anew_waits_for_who_has_the_ticket_in_hand(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed in the middle of a step, it is not written over by what that step had read before."""
    step, pressed = working._next, []

    def pressed_in_between(mirror: Mirror) -> bool:
        if not pressed:
            pressed.append(True)
            freezing.resync(mirror)
            assert Mirror.objects.get(pk=mirror.pk).audit_id, "not under somebody's hands"
        return step(mirror)

    monkeypatch.setattr(working, "_next", pressed_in_between)
    read: list[int] = []
    audits = pulling.newer_audits
    monkeypatch.setattr(pulling, "newer_audits", lambda mirror, than: read.append(than) or audits(mirror, than))
    sides.write(sides.cast.client, "Once.")
    sides.sync()
    sides.until_in_step()
    sides.work()
    assert 0 in read, "the whole ticket was read"
    assert not sides.mirror.is_asked_anew
    assert sides.said_there().count("Once.") == 1


def test_read_anew_is_done_though_who_had_the_ticket_died(sides: Sides) -> None:
    assert leases.take(sides.mirror.pk) is not None
    freezing.freeze(sides.mirror, "privacy")
    freezing.resync(sides.mirror)
    assert sides.mirror.is_asked_anew
    sides.later(seconds=int(leases.LEASE / timedelta(seconds=1)) + 1)
    sides.until_in_step()
    assert (sides.mirror.health, sides.mirror.is_asked_anew) == ("on", False)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_say_each_line_once(sides: Sides) -> None:
    for number in range(6):
        sides.write(sides.cast.client, f"Line {number}.")
    sides.hear()
    key = sides.mirror.pk
    for _ in range(40):
        said = at_once(*[lambda: working.work(key)] * 4)
        assert not [one for one in said if isinstance(one, Exception)], said
        if not sides.waiting:
            break
        sides.pass_time(seconds=20)
        Mirror.objects.filter(pk=key).update(work_at=clock.now())
    there = sides.said_there()
    assert [there.count(f"Line {number}.") for number in range(6)] == [1] * 6
