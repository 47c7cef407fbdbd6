"""Times a sweep of clocks on the database of DATABASE_URL: many are running, some are due.

`python -m benchmarks.clocks --running 1000000 --due 1000`. The database must be migrated and empty of clocks; the cost
should follow what is due and not what runs.
"""

import argparse
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.config.settings")

import django

django.setup()

from django.db import connection  # noqa: E402  (apps must be loaded first)
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.meter import core  # noqa: E402
from mediation.conversations.actions import rooms  # noqa: E402
from mediation.conversations.models import Contract  # noqa: E402
from mediation.disputes.actions import claims  # noqa: E402
from mediation.disputes.models import Dispute  # noqa: E402
from mediation.events.dispatch import dispatch  # noqa: E402
from mediation.sla.actions.defaults import newest_terms  # noqa: E402
from mediation.sla.actions.sweep import sweep  # noqa: E402
from mediation.sla.models import Clock, StepTaken  # noqa: E402

CLOCKS = """
    INSERT INTO sla_clock (id, metric, dispute_id, room_id, about, policy_id, status, activated_at, target_ms,
        calendar_id, elapsed_ms, since, due_at, next_at)
    SELECT gen_random_uuid(), 'TTFC', %(dispute)s, %(room)s, 'bench' || number, %(policy)s, 'running', at, 14400000,
        %(calendar)s, 0, at, at + interval '4 hours', at + interval '2 hours'
    FROM (SELECT number, CASE WHEN number <= %(due)s THEN now() - interval '125 minutes' ELSE now() END AS at
          FROM generate_series(1, %(running)s) AS number) AS made"""
FACTS = """
    INSERT INTO sla_clockfact (clock_id, kind, at, reason, target_ms, calendar_id)
    SELECT id, 'activate', activated_at, '', target_ms, calendar_id FROM sla_clock WHERE about LIKE 'bench%%'"""


def dispute() -> Dispute:
    """A case whose events were all handed over."""
    people = [User.objects.create(email=f"clock{one}@bench.example", name=f"Clock {one}") for one in range(2)]
    contract = Contract.objects.create(
        title="Clocks", client=people[0], freelancer=people[1], amount_minor=1, started_at=timezone.now()
    )
    room = rooms.open_room(contract=contract)
    claims.ask_without_claim(user=people[0], room_id=room.pk)
    while dispatch():
        pass
    return Dispute.objects.get(room=room)


def fill(running: int, due: int) -> None:
    """Clocks without an end: `due` of them have just passed the half of their time, the others have just begun."""
    case, terms = dispute(), newest_terms()
    calendar = None  # time as it passes, so that the figure is the same at any hour
    values = {"dispute": case.pk, "room": case.room_id, "policy": terms.policy_id, "calendar": calendar}
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(CLOCKS, {**values, "running": running, "due": due})
        cursor.execute(FACTS)
        cursor.execute("ANALYZE")
        cursor.execute("RESET statement_timeout")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clocks", description=__doc__)
    parser.add_argument("--running", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=1_000)
    asked = parser.parse_args()
    if Clock.objects.exists():
        parser.error("there are clocks already: take an empty database")
    fill(asked.running, asked.due)
    for what in ("with what is due", "with nothing due"):
        begin, cpu = time.perf_counter(), time.process_time()
        sweep()
        seconds, ours = time.perf_counter() - begin, time.process_time() - cpu
        print(f"{asked.running} running, {what}: {seconds:.3f} s ({ours:.3f} s of it ours)")
    print(core())
    print(f"{StepTaken.objects.count()} steps taken of {asked.due}")


if __name__ == "__main__":
    main()
