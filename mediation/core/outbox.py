"""Sending what waits in a table: each row by one worker at a time, outside of any transaction, again until it is taken.

A row has `try_at` (not before; None is at once), `attempts` and `handed_over_at`. A worker takes it by moving `try_at`
to the end of a lease, sends it, and writes what came of it. One that dies in between leaves it due again when the lease
is over: so each is sent at least once, and a second copy of a mail carries the same Message-ID.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet

from mediation.core import clock

LEASE = timedelta(minutes=2)  # longer than a mail server may take
FIRST_WAIT, LONGEST_WAIT, MOST_DOUBLINGS = timedelta(seconds=30), timedelta(hours=1), 10

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outbox:
    """`rows` are those that may still be sent, in their order and with all that `send` needs; `send` says whether the
    other side took it. None is ever given up: a mail server that was down over a weekend costs nobody a mail.
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    send: Callable[[Any], bool]

    def hand_over(self, *, limit: int = 100) -> int:
        """Send what is due; returns how many were taken. Safe to run anywhere, any number of times."""
        due = self._due(clock.now()).values_list("pk", flat=True)[:limit]
        return sum(self.hand_over_one(key) for key in list(due))

    def hand_over_one(self, key: Any) -> bool:
        """Send a row unless another worker has it, or it is not due any more. Whether it was taken."""
        now = clock.now()
        leased_until = now + LEASE
        rows = self.rows()
        # Asked of the row itself, not only of the list: of two workers at once the second finds it taken.
        free = rows.model._default_manager.filter(self._is_free(now), pk=key, pk__in=rows.order_by().values("pk"))
        if not free.update(try_at=leased_until, attempts=F("attempts") + 1):
            return False
        row = rows.filter(pk=key).first()
        is_taken = row is not None and self._send(row)
        self._note(key, leased_until, is_taken=is_taken, attempts=row.attempts if row is not None else 1)
        return is_taken

    def _due(self, now: datetime) -> QuerySet[Any]:
        return self.rows().filter(self._is_free(now))

    def _is_free(self, now: datetime) -> Q:
        return Q(Q(try_at__isnull=True) | Q(try_at__lte=now), handed_over_at__isnull=True)

    def _send(self, row: Any) -> bool:
        try:
            return self.send(row)
        except Exception:
            # Whatever a mail server says, it may repeat what was written to it: the log gets no words of it.
            log.warning("%s: one was not taken", self.name, extra={"row": row.pk}, exc_info=False)
            return False

    def _note(self, key: Any, leased_until: datetime, *, is_taken: bool, attempts: int) -> None:
        """What came of it. If the lease ran out meanwhile, another worker has it and says so itself, unless this try
        was the one that was taken.
        """
        mine = self.rows().model._default_manager.filter(pk=key, handed_over_at__isnull=True)
        if is_taken:
            mine.update(handed_over_at=clock.now())
            return
        mine.filter(try_at=leased_until).update(try_at=clock.now() + wait_after(attempts))


def wait_after(attempts: int) -> timedelta:
    """How long after so many tries the next one is made."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, MOST_DOUBLINGS), LONGEST_WAIT)


def letter(*, id: str, to: str, subject: str, parts: Iterable[str]) -> EmailMessage:
    """A mail in paragraphs. `id` is the same whenever this mail is sent again, and so is its Message-ID."""
    host = settings.PUBLIC_URL.partition("://")[2].partition(":")[0]
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n".join(parts) + "\n",
        to=[to],
        headers={"Message-ID": f"<{id}@{host}>"},
    )
