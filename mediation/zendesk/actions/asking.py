"""The one way to ask Zendesk something: not while it is down, within the limits, with a token that lives.

A worker never waits here: `Wait` says from when on it is worth another try.
"""

import logging
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from mediation.core import clock
from mediation.core.sealing import open_, seal
from mediation.zendesk import client
from mediation.zendesk.models import Account, Allowance
from mediation.zendesk.rules import pace
from mediation.zendesk.rules.pace import Limit

PURPOSE = "zendesk token"
SPARE = timedelta(minutes=1)  # a token is renewed before it ends on the way
PROBE = timedelta(seconds=20)  # one asks first when Zendesk was down; the others wait for what comes of it
SHORT = timedelta(seconds=30)
FORBIDDEN = "forbidden"
OF_A_TICKET = re.compile(r"/api/v2/tickets/(\d+)\b")

log = logging.getLogger(__name__)


class Wait(Exception):
    """Not now. `is_everyones`: it holds for all tickets, so nobody need try another one; `is_of_new`: for all that are
    yet to be made, since their people are made known first.
    """

    def __init__(self, until: datetime, code: str, *, is_everyones: bool, is_of_new: bool = False) -> None:
        super().__init__(code)
        self.until, self.code, self.is_everyones, self.is_of_new = until, code, is_everyones, is_of_new


def is_on() -> bool:
    """Whether there is a Zendesk at all."""
    return bool(settings.ZENDESK.url)


def account() -> Account:
    """The one row."""
    return Account.objects.get_or_create(pk=1)[0]


def ask(
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    params: Mapping[str, str | int] | None = None,
    key: UUID | None = None,
    uses: Mapping[str, Limit] | None = None,
    content_type: str = "application/json",
) -> client.Answer:
    """One request, sent once; `uses` are the limits it counts against beside the account's. Raises Wait and Trouble."""
    found = account()
    _check_not_stopped(found)
    _use({"account": Limit(settings.ZENDESK.requests_per_minute, pace.MINUTE), **(uses or {})})
    token = _token(found)
    for is_last in (False, True):
        try:
            answer = client.ask(
                settings.ZENDESK.url, token, method, path, body=body, params=params, key=key, content_type=content_type
            )
        except client.TokenEnded:
            if is_last:
                _stop("token", pace.FORBIDDEN_WAIT)
            token = _mint()
        except client.NotAllowed:
            _was_forbidden(path)
        except client.Limited as problem:
            _slow_down(problem.wait, uses or {})
        except (client.Unsure, client.Unreachable) as problem:
            _note_failure(problem.code)
            raise
        except client.Trouble:
            _note_answer()
            raise
        else:
            _note_answer()
            return answer
    raise AssertionError("unreachable")


def _check_not_stopped(found: Account) -> None:
    """Raises Wait while Zendesk is left alone. When that is over one asks first."""
    until, now = found.stopped_until, clock.now()
    if until is None:
        return
    if until > now:
        raise Wait(until, found.trouble, is_everyones=True)
    probe = Account.objects.filter(pk=found.pk, stopped_until=until).update(stopped_until=now + PROBE)
    if not probe:
        raise Wait(now + PROBE, found.trouble, is_everyones=True)


@transaction.atomic
def _use(limits: Mapping[str, Limit]) -> None:
    """Use one of each, or none. Raises Wait with the longest wait. Rows are locked in the order of their names."""
    for name in limits:
        Allowance.objects.get_or_create(name=name)
    now = clock.now()
    rows = Allowance.objects.select_for_update().filter(name__in=limits).order_by("name")
    taken = {row: pace.take(limits[row.name], row.full_at, now) for row in rows}
    waits = {row.name: wait for row, (full_at, wait) in taken.items() if full_at is None}
    if waits:
        longest = max(waits, key=lambda name: waits[name])
        is_of_new = longest == "users"
        raise Wait(now + waits[longest], "limit", is_everyones=_is_everyones(longest), is_of_new=is_of_new)
    for row, (full_at, _) in taken.items():
        row.full_at = full_at
        row.save(update_fields=["full_at"])


def _is_everyones(name: str) -> bool:
    return name in ("account", "updates", "export")


def _token(found: Account) -> str:
    if found.sealed_token and found.token_until and found.token_until > clock.now() + SPARE:
        return open_(found.sealed_token, PURPOSE)
    return _mint()


def _mint() -> str:
    """A new token, kept for all workers. Who is not let in waits for a person: asking on would only lock us out."""
    try:
        token, lives = client.mint(settings.ZENDESK.url, settings.ZENDESK.client_id, settings.ZENDESK.client_secret)
    except client.Limited as problem:
        _stop("limited", problem.wait)
    except (client.Unsure, client.Unreachable) as problem:
        # Nothing of ours was on the way yet, whatever became of the token.
        _note_failure(problem.code)
        raise client.Unreachable(problem.code) from problem
    except client.Trouble:
        _stop("token", pace.FORBIDDEN_WAIT)
    Account.objects.filter(pk=1).update(sealed_token=seal(token, PURPOSE), token_until=clock.now() + lives)
    return token


def _stop(code: str, wait: timedelta) -> None:
    """Nobody asks for so long. Raises Wait, always."""
    until = clock.now() + wait
    Account.objects.filter(pk=1).update(stopped_until=until, trouble=code)
    log.error("Zendesk is left alone: %s", code)
    raise Wait(until, code, is_everyones=True)


def _was_forbidden(path: str) -> None:
    """One ticket that we may not touch is its own trouble; a second one, or what is no ticket's, is a scope or a role
    that our account lacks. Raises Wait, always.
    """
    now, ticket = clock.now(), OF_A_TICKET.match(path)
    own, earlier = ticket and ticket[1], account()
    is_first = earlier.forbidden_at is None or earlier.forbidden_at < now - pace.FORBIDDEN_WAIT
    if not own or not (is_first or earlier.forbidden == own):
        _stop(FORBIDDEN, pace.FORBIDDEN_WAIT)
    Account.objects.filter(pk=1).update(forbidden=own, forbidden_at=now)
    raise Wait(now + pace.FORBIDDEN_WAIT, FORBIDDEN, is_everyones=False)


def _slow_down(wait: timedelta, uses: Mapping[str, Limit]) -> None:
    """A limit that we did not know to be reached. The users' own, and a long one of a ticket's own, must not stop the
    others; one that nobody can tell from the account's stops all for a moment. Raises Wait, always.
    """
    own = next((name for name in uses if not _is_everyones(name)), None)
    now = clock.now()
    if own is not None and (wait > SHORT or own == "users"):
        Allowance.objects.filter(name=own).update(full_at=now + wait + uses[own].each * (uses[own].burst - 1))
        raise Wait(now + wait, "limited", is_everyones=False, is_of_new=own == "users")
    Account.objects.filter(pk=1).update(stopped_until=now + wait, trouble="limited")
    raise Wait(now + wait, "limited", is_everyones=True)


def _note_failure(code: str) -> None:
    Account.objects.filter(pk=1).update(failures=F("failures") + 1, trouble=code)
    failures = Account.objects.values_list("failures", flat=True).get(pk=1)
    if stop := pace.stop_after(failures):
        Account.objects.filter(pk=1).update(stopped_until=clock.now() + stop)
        log.error("Zendesk does not answer: %d failures in a row", failures)


def _note_answer() -> None:
    """It answers. Written when that is news, or half a minute old."""
    now = clock.now()
    well = {"failures": 0, "stopped_until": None, "trouble": "", "answered_at": now}
    rows = Account.objects.filter(pk=1)
    if rows.filter(trouble="", answered_at__gt=now - SHORT).exists():
        return
    rows.update(**well)


def ask_again() -> None:
    """Somebody has mended it: nobody need wait any longer."""
    Account.objects.filter(pk=1).update(failures=0, stopped_until=None, trouble="", sealed_token="", token_until=None)
