"""`manage.py web` with one known fault in it, to see the checker of that fault turn red.

`python -m tests.faults.planted "no poll" --port 8001`
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

SLOW_SECONDS = 3.0


def answer_before_the_commit() -> None:
    """Sends are answered half a second before anything of them is stored."""
    from django.db import transaction

    from mediation.live import writer

    store = writer.send_messages

    def promise(sends: Any, **how: Any) -> Any:
        with transaction.atomic():
            answers = store(sends)
            transaction.set_rollback(True)
        threading.Timer(0.5, store, [sends]).start()
        return answers

    writer.send_messages = promise


def forget_what_was_sent() -> None:
    """A send is never recognised as a repetition. The test has taken the key out of the database."""
    from mediation.conversations.actions.sending import rows

    rows.first_results = lambda sends: {}


def let_everybody_read() -> None:
    """The missing membership check: whoever is somebody reads everything."""
    from accounts.models import User
    from mediation.conversations.queries import log

    log._readers = lambda threads, members, outside: dict.fromkeys(
        threads, frozenset(User.objects.values_list("pk", flat=True))
    )


def tell_every_socket() -> None:
    """The wrong group: events go to all sockets of the process."""
    import orjson

    from mediation.live import frames
    from mediation.live.hub.delivery import Delivery

    deliver = Delivery._give_thread

    def deliver_to_all(self: Any, thread: Any, entries: Any, news: Any) -> None:
        deliver(self, thread, entries, news)
        frame = frames.events(thread, news.rooms_of[thread], [orjson.dumps(entry.payload) for entry in entries])
        for socket in tuple(self.board.sockets):
            socket.send(frame)

    Delivery._give_thread = deliver_to_all


def lose_hints() -> None:
    """No fault but a misfortune: nothing is heard of other processes."""
    from mediation.live.hints import Hints

    Hints._hear = lambda self, message: None


def lose_hints_and_never_look() -> None:
    """Hints are lost, and the poll that makes up for it is missing."""
    from mediation.live.hub.hub import Hub

    lose_hints()
    Hub._look_around = lambda self: None


def show_cases_to_all() -> None:
    """Whoever asks for a case is taken for its mediator."""
    from mediation.disputes import audience
    from mediation.disputes.rules.visibility import Viewer

    audience.viewers = lambda dispute, person: frozenset({Viewer.MEDIATOR})


def log_texts() -> None:
    """What people say is in the log."""
    import logging

    _when_sent(lambda socket, text: logging.getLogger("mediation").warning("stored %s", text))


def hint_texts() -> None:
    """What people say is told to the other processes."""
    _when_sent(lambda socket, text: socket.hub.hints.tell("said", text))


def task_texts() -> None:
    """What people say is handed to the worker."""
    from mediation.events.tasks import dispatch

    _when_sent(lambda socket, text: dispatch.apply_async(expires=1, headers={"about": text}))


def know_no_session() -> None:
    """No fault but a misfortune: the database does not answer those who come."""
    from django.db import OperationalError

    from mediation.live.hub import arrivals

    def fail(keys: Any) -> Any:
        raise OperationalError

    arrivals.session_users = fail


def be_slow() -> None:
    """A reaction takes three seconds of its thread, as a slow query does."""
    from mediation.live import commands
    from mediation.live import protocol as p

    react = commands._ACTIONS[p.React]

    def slowly(user: Any, said: Any) -> dict[str, Any]:
        time.sleep(SLOW_SECONDS)
        return react(user, said)

    commands._ACTIONS[p.React] = slowly


def _when_sent(leak: Callable[[Any, str], None]) -> None:
    from mediation.live.writer import Writer

    finish = Writer.finish

    def finish_and_leak(self: Any, batch: Any, result: Any) -> None:
        finish(self, batch, result)
        for socket, said in batch:
            leak(socket, said.text)

    Writer.finish = finish_and_leak


FAULTS: dict[str, Callable[[], None]] = {
    "answer before the commit": answer_before_the_commit,
    "no unique key": forget_what_was_sent,
    "no membership check": let_everybody_read,
    "wrong group": tell_every_socket,
    "hints lost": lose_hints,
    "hints lost and no poll": lose_hints_and_never_look,
    "cases for all": show_cases_to_all,
    "texts in logs": log_texts,
    "texts in hints": hint_texts,
    "texts in tasks": task_texts,
    "slow command": be_slow,
    "no session is known": know_no_session,
}


def program(fault: str) -> tuple[str, ...]:
    """What `LiveServer` runs to have the fault."""
    return ("-m", "tests.faults.planted", fault)


def main() -> None:
    import django
    from django.core.management import execute_from_command_line

    fault, *arguments = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.config.settings")
    django.setup()
    FAULTS[fault]()
    execute_from_command_line(["manage.py", "web", *arguments])


if __name__ == "__main__":
    main()
