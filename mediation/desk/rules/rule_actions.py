"""What triggers and automations can do. None of it moves money or changes a case's state: there is no such action."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mediation.desk.rules.conditions.reading import (
    MOST_ROWS,
    TAG,
    Known,
    Problem,
    Unreadable,
    is_named,
    plain_rows,
    tags,
)
from mediation.sla.rules.policies import Priority

NONE = "none"  # nobody, or no team
LONGEST_NOTE = 400


class Act(StrEnum):
    PRIORITY = "set_priority"
    TEAM = "set_team"
    ASSIGNEE = "set_assignee"
    ADD_TAGS = "add_tags"
    REMOVE_TAGS = "remove_tags"
    NOTE = "add_note"  # among the staff's notes
    NOTIFY = "notify"  # by mail, whom at Upwork
    TELL = "tell_parties"  # a sentence of ours, in front of both
    WEBHOOK = "send_webhook"


class Whom(StrEnum):
    MEDIATOR = "mediator"
    TEAM = "team"
    SUPERVISORS = "supervisors"


class Sentence(StrEnum):
    """What both parties can be told. Sentences of ours, in each reader's language: a text of somebody's could repeat
    what was said in private.
    """

    SEEN = "seen"
    DELAYED = "delayed"
    REMINDER = "reminder"


CHOICES: Mapping[Act, tuple[str, ...]] = {
    Act.PRIORITY: tuple(one.value for one in Priority),
    Act.NOTIFY: tuple(one.value for one in Whom),
    Act.TELL: tuple(one.value for one in Sentence),
}
_NAMED = {Act.TEAM: "teams", Act.ASSIGNEE: "people", Act.WEBHOOK: "webhooks"}


@dataclass(frozen=True, slots=True)
class Deed:
    """One action with its value as it was typed."""

    act: Act
    value: str


def read(rows: Any, known: Known | None = None) -> tuple[Deed, ...]:
    """`[{action, value}]`. Raises Unreadable."""
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise Unreadable([Problem("actions", 0, "", "shape")])
    found = [_row(row, number, known) for number, row in enumerate(rows, 1)]
    problems = [one for one in found if isinstance(one, Problem)]
    if not found:
        problems.append(Problem("actions", 0, "", "no_action"))
    if problems:
        raise Unreadable(problems)
    return tuple(one for one in found if isinstance(one, Deed))


def _row(row: Any, number: int, known: Known | None) -> Deed | Problem:
    if not plain_rows([row], ("action", "value")):
        return Problem("actions", number, "", "shape")
    if row["action"] not in set(Act):
        return Problem("actions", number, "action", "action", row["action"])
    deed = Deed(Act(row["action"]), row["value"].strip())
    wrong = _wrong(deed, known)
    return Problem("actions", number, "value", wrong, deed.value) if wrong else deed


def _wrong(deed: Deed, known: Known | None) -> str:
    """The code of what is wrong with the value; empty where nothing is."""
    if not deed.value:
        return "missing"
    if len(deed.value) > LONGEST_NOTE or "\x00" in deed.value:
        return "too_long"
    if deed.act in CHOICES:
        return "" if deed.value in CHOICES[deed.act] else "choice"
    if deed.act in _NAMED:
        is_none = deed.value == NONE and deed.act is not Act.WEBHOOK
        return "" if is_none or is_named(_NAMED[deed.act], deed.value, known) else _NAMED[deed.act]
    return "" if deed.act is Act.NOTE or all(TAG.fullmatch(one) for one in tags(deed.value)) else "tags"
