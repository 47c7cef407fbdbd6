"""The words that a page's scripts say by themselves: of all there are, those that their reader can come to read."""

from typing import Any

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.disputes.rules import table
from mediation.disputes.rules.states import PARTIES, Actor
from mediation.web import words

EVIDENCE_ADDED = _("Added to the evidence. Everyone in the room sees it.")  # its line is the newest, not where one was
NOTED = ("clock.", "desk.", "rule.acted", "rule.noted")  # told among the staff's notes alone
_SAID_BY: dict[str, frozenset[Actor]] = {
    command: frozenset().union(*(row.who for row in table.TABLE if row.command == command))
    for command in {row.command for row in table.TABLE}
}


def for_scripts(*, staff: bool) -> words.Words:
    """All that a reader can come to read, as plain strings in the language of the moment, ready for JSON."""
    return {
        **_plain(words.ALL | {"system": {code: said for code, said in words.SYSTEM.items() if _is_for(staff, code)}}),
        "plural": words.plurals(),
        "done": _done(staff),
        "weekdays": [str(WEEKDAYS[(day - 1) % 7]) for day in range(7)],  # from Sunday, as JavaScript counts
        "months": [str(MONTHS[month]) for month in range(1, 13)],
    }


def _done(staff: bool) -> dict[str, str]:
    """By command: what is said to who did it, where its line stands elsewhere than where they look, or nowhere."""
    unseen = {row.command for row in table.TABLE} - {row.command for row in table.TABLE if row.told == "everyone"}
    lines = {command: f"dispute.{command}.you" for command in sorted(unseen)}
    said = {
        command: str(words.SYSTEM[code])
        for command, code in lines.items()
        if code in words.SYSTEM and "%(" not in str(words.SYSTEM[code]) and _is_for(staff, code)
    }
    return said | {"submit_evidence": str(EVIDENCE_ADDED)}


def _is_for(staff: bool, code: str) -> bool:
    """Whether such a reader can come to read this line: parties read no notes, and “you” did what you may do."""
    command, _dot, you = code.removeprefix("dispute.").partition(".")
    if you != "you" or command not in _SAID_BY:
        return staff or not code.startswith(NOTED)
    return bool(_SAID_BY[command] - PARTIES if staff else _SAID_BY[command] & PARTIES)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return str(value) if isinstance(value, Promise) else value
