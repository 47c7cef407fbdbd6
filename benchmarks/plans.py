"""Prints the plans of the hot queries on the database of DATABASE_URL, to keep beside the figures.

`python -m benchmarks.plans` after `python -m benchmarks.fill`. Each statement that a call makes is shown with its
plan.
"""

import os
from collections.abc import Callable
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.config.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  (apps must be loaded first)

from accounts.models import User  # noqa: E402
from mediation.conversations.actions.send import Send, send_messages  # noqa: E402
from mediation.conversations.models import Thread  # noqa: E402
from mediation.conversations.queries import log  # noqa: E402
from mediation.conversations.queries.history import page_before  # noqa: E402
from mediation.conversations.queries.inbox import inbox  # noqa: E402
from mediation.conversations.queries.search import search  # noqa: E402

LONGEST = 1_500  # characters of a statement that are shown


def explain(what: str, call: Callable[[], object]) -> None:
    """Run `call` and print each statement it makes with its plan. Nothing of it is kept."""
    print(f"\n## {what}\n")

    def show(execute: Callable, statement: str, values: object, many: bool, context: dict) -> object:
        verb = statement.strip().split(" ", 1)[0].upper()
        if verb in {"SELECT", "INSERT", "UPDATE", "WITH"}:
            _print_plan(statement, values)
        return execute(statement, values, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(show):
            call()
        transaction.set_rollback(True)


def _print_plan(statement: str, values: object) -> None:
    how = "EXPLAIN (COSTS, BUFFERS, ANALYZE) " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.create_cursor() as cursor:  # below the wrapper that called us
        cursor.execute("SAVEPOINT plan")
        cursor.execute(how + statement, values)
        plan = [str(row[-1]) for row in cursor.fetchall()]
        cursor.execute("ROLLBACK TO SAVEPOINT plan")
    short = " ".join(statement.split())
    print("```sql\n" + short[:LONGEST] + (" …" if len(short) > LONGEST else "") + "\n```\n```")
    print("\n".join(line if len(line) <= 200 else line[:200] + " …" for line in plan) + "\n```")


def main() -> None:
    """Plans for the busiest client of the filled database."""
    person = User.objects.get(email="busy0@bench.example")
    thread = Thread.objects.filter(room__contract__client=person, audience="joint", is_main=True).order_by("pk")[0]
    send = Send(person.pk, thread.pk, uuid4(), "How is this stored?")
    middle = thread.head_seq // 2
    explain("Sending one message", lambda: send_messages([send]))
    explain("The log after a cursor", lambda: log.events_after({thread.pk: thread.head_seq - 10}))
    explain("Who may read a thread", lambda: log.readers([thread.pk]))
    explain("The newest page of history", lambda: page_before(user=person, thread_id=thread.pk))
    explain("A page in the middle", lambda: page_before(user=person, thread_id=thread.pk, before=middle))
    explain("The inbox of a person with many rooms", lambda: inbox(user=person))
    explain("Search for a common word", lambda: search(user=person, words="milestone"))
    explain("Search for two words", lambda: search(user=person, words="refund escrow"))


if __name__ == "__main__":
    main()
