"""Times the agents' queue page on the database of DATABASE_URL: a million rooms, a hundred thousand open cases.

`python -m benchmarks.desk --rooms 1000000 --cases 100000`. The database must be migrated and empty of cases. What is
timed is the server's own work for a page (routing, session, statements, template), without a socket.
"""

import argparse
import os
import time
from collections.abc import Callable
from functools import partial

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.config.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  (apps must be loaded first)
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Team, User  # noqa: E402
from benchmarks.meter import core  # noqa: E402
from benchmarks.report import percentile  # noqa: E402
from mediation.desk.actions.rows import refresh  # noqa: E402
from mediation.desk.models import QueueRow  # noqa: E402
from mediation.desk.queries.pages import beside  # noqa: E402
from mediation.desk.queries.queue import in_queue  # noqa: E402
from mediation.desk.rules.views import Queue  # noqa: E402
from mediation.disputes.models import Dispute, Policy  # noqa: E402

AGENTS = 300
ROOMS = """
    WITH people AS (SELECT array_agg(id ORDER BY id) AS ids FROM accounts_user WHERE name LIKE 'Desk party%%'),
    made AS (
        INSERT INTO conversations_contract (id, title, kind, status, client_id, freelancer_id, currency, amount_minor,
            hourly_rate_minor, weekly_limit_hours, started_at)
        SELECT gen_random_uuid(), 'Contract ' || number, 'fixed', 'active', ids[1 + number %% 500],
            ids[501 + number %% 499], 'USD', 100000, 0, 0, now()
        FROM people, generate_series(1, %(rooms)s) AS number
        RETURNING id)
    INSERT INTO conversations_room (id, contract_id, created_at) SELECT gen_random_uuid(), id, now() FROM made"""
# One in five waits for a mediator; the others are mediated, evenly by three hundred agents.
CASES = """
    WITH agents AS (SELECT array_agg(id ORDER BY id) AS ids FROM accounts_user WHERE name LIKE 'Desk agent%%'),
    chosen AS (SELECT room.id AS room, contract.client_id, contract.freelancer_id, row_number() OVER () AS n
             FROM conversations_room room JOIN conversations_contract contract ON contract.id = room.contract_id
             LIMIT %(cases)s)
    INSERT INTO disputes_dispute (id, number, room_id, filer_id, respondent_id, filer_is_client, has_claim, track,
        state, phase, outcome, version, policy_id, currency, amount_minor, claimed_refund_minor, is_refund_said,
        problem, is_low_value, asker_id, mediator_id, is_overdue, reopenings, created_at, filed_at)
    SELECT gen_random_uuid(), n, room, client_id, freelancer_id, true, true, 'A',
        CASE WHEN n %% 5 = 0 THEN 'escalated' ELSE 'mediating' END, '', '', 3, %(policy)s, 'USD', 50000, 50000, true,
        'quality', false, client_id, CASE WHEN n %% 5 > 0 THEN ids[1 + n %% %(agents)s] END, false, 0, now(), now()
    FROM chosen, agents"""
# Due from an hour ago until in three days; one in twenty has no clock.
ROWS = """
    INSERT INTO desk_queuerow (dispute_id, filer_id, respondent_id, is_open, is_unclaimed, mediator_id, speaker_id,
        track, priority, decision, turn, metric, begins_at, soon_at, risk_at, due_at, order_at, changed_at)
    SELECT id, filer_id, respondent_id, true, mediator_id IS NULL, mediator_id, asker_id, track, 'normal', '',
        CASE WHEN due IS NULL THEN 'party' ELSE 'upwork' END, CASE WHEN due IS NULL THEN '' ELSE 'NRT' END,
        due - interval '5 hours', due - interval '2.5 hours', due - interval '1 hour', due,
        coalesce(due, '9999-12-31T00:00:00Z'), now() - interval '1 hour'
    FROM (SELECT *, CASE WHEN number %% 20 > 0 THEN
              now() - interval '1 hour' + (number * 7919 %% 4380) * interval '1 minute' END AS due
          FROM disputes_dispute) AS found"""


@transaction.atomic
def write(rooms: int, cases: int) -> None:
    """Rooms, cases and rows as the product would have written them; all of them or none."""
    for role, name, count in (("client", "Desk party", 1000), ("agent", "Desk agent", AGENTS)):
        User.objects.bulk_create(
            User(email=f"{name}{n}@bench.example".replace(" ", ""), name=f"{name} {n:04}", role=role, password="!")
            for n in range(count)
        )
    team = Team.objects.create(name="Desk bench")
    team.members.set(User.objects.filter(name__startswith="Desk agent")[:12])
    policy = Policy.objects.create(version=1, created_at=timezone.now(), published_at=timezone.now())
    values = {"rooms": rooms, "cases": cases, "policy": policy.pk, "agents": AGENTS}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for statement in (ROOMS, CASES, ROWS):
            cursor.execute(statement, values)


def fill(rooms: int, cases: int) -> None:
    """The same, with the statistics that autovacuum leaves in tables of this size: counts read indexes alone."""
    write(rooms, cases)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")


def _timed(spent: list[float], execute: Callable[..., object], *said: object) -> object:
    """Notes how long a statement took."""
    begin = time.perf_counter()
    try:
        return execute(*said)
    finally:
        spent.append(time.perf_counter() - begin)


def time_page(client: Client, path: str, times: int) -> str:
    """p50 and p99 of the page, its statements and its size."""
    client.get(path)
    spent: list[float] = []
    with connection.execute_wrapper(partial(_timed, spent)):
        body = client.get(path).content
    took, cpu = [], time.process_time()
    for _ in range(times):
        begin = time.perf_counter()
        assert client.get(path).status_code == 200, path
        took.append((time.perf_counter() - begin) * 1000)
    ours = (time.process_time() - cpu) * 1000 / times
    half, most = percentile(took, 50), percentile(took, 99)
    sql, size = sum(spent) * 1000, len(body) // 1024
    return f"| `{path}` | {len(spent)} | {sql:.0f} | {half:.1f} | {most:.1f} | {ours:.1f} | {size} kB |"


def time_refresh(times: int) -> str:
    """How long it takes until a row follows its case."""
    keys = Dispute.objects.order_by("pk").values_list("pk", flat=True)[:times]
    took = []
    for key in keys:
        begin = time.perf_counter()
        refresh([key])
        took.append((time.perf_counter() - begin) * 1000)
    return f"a row follows its case: p50 {percentile(took, 50):.1f} ms, p99 {percentile(took, 99):.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--rooms", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=200)
    asked = parser.parse_args()
    if connection.vendor != "postgresql":
        parser.error("this measures PostgreSQL: set DATABASE_URL")
    if not QueueRow.objects.exists():
        if Dispute.objects.exists():
            parser.error("there are cases already: take an empty database")
        fill(asked.rooms, asked.cases)
    agent = Team.objects.get(name="Desk bench").members.order_by("name")[0]
    client, alone = (Client(headers={"host": "127.0.0.1"}) for _ in range(2))
    client.force_login(agent)
    alone.force_login(User.objects.filter(name__startswith="Desk agent", teams=None).order_by("name")[0])
    found = in_queue(agent, Queue.OPEN, timezone.now()).order_by("-order_at", "-pk").values_list("order_at", "pk")[100]
    last = f"{found[0]:%Y-%m-%dT%H:%M:%S.000Z}~{found[1]}"
    print(core())
    print({queue.value: count for queue, count in beside(agent).counts.items()})
    print("| page | statements | SQL ms | p50 ms | p99 ms | CPU ms of ours | size |\n|---|---|---|---|---|---|---|")
    for path in (*(f"/desk/?queue={queue.value}" for queue in Queue), f"/desk/?queue=open&after={last}"):
        print(time_page(client, path, asked.times))
    print(time_page(alone, "/desk/?queue=team", asked.times).replace("team", "team (of somebody without colleagues)"))
    print(time_refresh(asked.times))


if __name__ == "__main__":
    main()
