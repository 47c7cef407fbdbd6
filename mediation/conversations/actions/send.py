"""Sending messages: many people's at once, in one transaction, each with its own answer."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.db import IntegrityError, InterfaceError, OperationalError

from mediation.conversations.actions.sending.shapes import Send, Sent
from mediation.conversations.actions.sending.store import store
from mediation.conversations.errors import ThreadHeld
from mediation.conversations.rules import message as rules
from mediation.core.errors import Refused, Unavailable
from mediation.core.tries import patiently

__all__ = ["Send", "Sent", "send_message", "send_messages"]

Numbered = tuple[int, Send]  # with its place in what was given

log = logging.getLogger(__name__)


def send_message(send: Send) -> Sent:
    """Store one message; raises Refused. For doors that hold a single one."""
    answer = send_messages([send])[0]
    if isinstance(answer, Refused):
        raise answer
    return answer


def send_messages(sends: Sequence[Send], *, wait: bool = True) -> list[Sent | Refused]:
    """Store the messages in the order given, in one transaction; one answer for each, after the commit.

    The same author and `client_id` again gives the first result. A bad message never spoils the others. Lock trouble
    is tried three times; then the messages are refused with `retry`, and nothing of them is stored. Without `wait`,
    those to a thread that somebody holds at the moment are not stored and answered `ThreadHeld`.
    """
    answers: dict[int, Sent | Refused] = {}
    checked: list[tuple[int, Send]] = []
    for index, send in enumerate(sends):
        try:
            body = rules.check_text(send.body, has_files=bool(send.files))
        except Refused as refusal:
            answers[index] = refusal
        else:
            checked.append((index, send if body == send.body else replace(send, body=body)))
    held: set[UUID] = set()
    for turn in _turns(checked):
        tried = [(index, send) for index, send in turn if send.thread_id not in held]
        stored = _try_to_store([send for _, send in tried], wait=wait)
        answers |= {index: ThreadHeld() for index, _ in turn}
        answers |= {index: answer for (index, _), answer in zip(tried, stored, strict=True)}
        held |= {send.thread_id for index, send in turn if isinstance(answers[index], ThreadHeld)}
    return [answers[index] for index in range(len(sends))]


def _turns(sends: list[Numbered]) -> tuple[list[Numbered], list[Numbered]]:
    """Who depends on what is stored with them comes after it: who says what they had seen, and so may be stale, and who
    carries a file that another message of the same batch has taken.
    """
    authors = Counter(thread for thread, _ in {(send.thread_id, send.author_id) for _, send in sends})
    taken: set[UUID] = set()
    first: list[Numbered] = []
    then: list[Numbered] = []
    for index, send in sends:
        may_be_stale = send.seen is not None and not send.confirmed and authors[send.thread_id] > 1
        waits = may_be_stale or not taken.isdisjoint(send.files)
        taken.update(send.files)
        (then if waits else first).append((index, send))
    return first, then


def _try_to_store(sends: list[Send], *, wait: bool) -> list[Sent | Refused]:
    if not sends:
        return []
    try:
        return _stored(sends, wait=wait)
    except (Unavailable, IntegrityError):
        return [Unavailable() for _ in sends]
    except (OperationalError, InterfaceError):
        raise  # inside of somebody else's transaction: only who began it can begin it again
    except Exception:
        log.exception("A batch of %d messages could not be stored.", len(sends))
        return _each_alone(sends, wait=wait)


def _stored(sends: list[Send], *, wait: bool) -> list[Sent | Refused]:
    try:
        return patiently(partial(store, sends, look_for_repeats=False, wait=wait))
    except IntegrityError:
        # Somebody sent one of these before. Looking first would cost every batch a statement for a rare case.
        return patiently(partial(store, sends, look_for_repeats=True, wait=wait))


def _each_alone(sends: list[Send], *, wait: bool) -> list[Sent | Refused]:
    """One of these breaks something: the others must not go down with it, and it must not come back for ever."""
    if len(sends) == 1:
        return [Unavailable(retry=False)]
    return [answer for send in sends for answer in _try_to_store([send], wait=wait)]
