"""The figures of self-service as a table of words: the screen and the file are the same rows."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rules import Role
from mediation.help_center.models import Ask, HelpSession
from mediation.help_center.queries.figures import STAFF, VISITOR, audience_of
from mediation.help_center.rules import figures as rules

NUMBERS: Mapping[str, object] = {
    "sessions": _("Sessions"),
    "shown": _("With an answer"),
    "waiting": _("Still open"),
    "over": _("Counted"),
    "confirmed": _("Confirmed"),
    "silent": _("Silent for 72 hours"),
    "failed": _("Not quite"),
    "handed_over": _("Handed over"),
    "came_anyway": _("Came anyway"),
    "unanswered": _("Without an answer"),
    "contacting": _("Were about to contact us"),
    "deflected": _("Saw an answer and opened nothing"),
    "bot_over": _("Conversations"),
    "bot_resolved": _("Conversations resolved"),
}
SHARES: Mapping[str, tuple[object, str]] = {
    "resolution": (_("Self-service resolution"), "resolved"),
    "confirmed": (_("of which confirmed"), "confirmed"),
    "silent": (_("of which silent"), "silent"),
    "deflection": (_("Deflection"), "deflected"),
    "bot": (_("Bot resolution"), "bot_resolved"),
}
PARTS: Mapping[str, object] = {
    "all": _("Everything"),
    "place": _("By place"),
    "language": _("By language"),
    "audience": _("By who asked"),
    "article": _("By article: each question it was shown for"),
}
_AUDIENCES = {
    VISITOR: pgettext_lazy("who asked", "Visitors"),
    Role.CLIENT.value: pgettext_lazy("who asked", "Clients"),
    Role.FREELANCER.value: pgettext_lazy("who asked", "Freelancers"),
    STAFF: pgettext_lazy("who asked", "Upwork staff"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """`number` is what the address of its questions asks for."""

    text: str
    number: str


@dataclass(frozen=True, slots=True)
class Row:
    """One group; `key` is its name in addresses."""

    key: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the page; `key` is one of `PARTS`."""

    key: str
    title: str
    rows: tuple[Row, ...]


def heads() -> list[str]:
    """What the columns are called, after the name of the group."""
    return [*(str(word) for word, _number in SHARES.values()), str(_("Questions")), *map(str, NUMBERS.values())]


def parts(sessions: list[rules.Session], now: datetime) -> list[Part]:
    """Every table; one without rows says nothing and is left out, but for the first."""
    made = [Part(key, str(title), tuple(_rows(key, sessions, now))) for key, title in PARTS.items()]
    return [part for part in made if part.rows]


def as_csv(tables: list[Part]) -> str:
    """The same words, one line a row; the first column says which table."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow([str(_("Table")), str(_("Group")), *heads()])
    for part in tables:
        write.writerows([part.title, row.name, *(cell.text for cell in row.cells)] for row in part.rows)
    return out.getvalue()


def behind(sessions: list[rules.Session], now: datetime, part: str, group: str, number: str) -> list[UUID]:
    """The questions that a number is made of. An address that asks for something else has none."""
    belongs = rules.MEMBERS.get(number)
    found = _groups(part, sessions).get(group) if part in PARTS else None
    if belongs is None or found is None:
        return []
    return [ask.id for one in found if belongs(one, now) for ask in one.asks]


def group_name(part: str, key: str) -> str:
    """What people read of a group."""
    words: Mapping[str, Mapping[str, object]] = {
        "all": {"all": _("Everything")}, "place": dict(HelpSession.Place.choices), "language": dict(settings.LANGUAGES),
        "audience": _AUDIENCES,
    }  # fmt: skip
    return str(words.get(part, {}).get(key, key))


def _groups(part: str, sessions: list[rules.Session]) -> dict[str, list[rules.Session]]:
    return {"all": sessions} if part == "all" else rules.grouped(sessions, part)


def _rows(part: str, sessions: list[rules.Session], now: datetime) -> Iterator[Row]:
    for key, group in _groups(part, sessions).items():
        yield Row(key, group_name(part, key), tuple(_cells(rules.fold(group, now))))


def _cells(figures: rules.Figures) -> Iterator[Cell]:
    for name, (_word, number) in SHARES.items():
        yield Cell(_said(getattr(figures, name)), number)
    yield Cell(str(figures.asked), "sessions")
    for number in NUMBERS:
        yield Cell(str(figures.counts[number]), number)


def _said(share: rules.Share) -> str:
    """“62 % (54–70 %)”: the bounds stand there while the whole is under a hundred; a share of nothing is a dash."""
    if share.value is None:
        return "–"
    text = f"{_percent(share.value)} %"
    return text if share.bounds is None else f"{text} ({_percent(share.bounds[0])}–{_percent(share.bounds[1])} %)"


def _percent(value: float) -> str:
    return number_format(value * 100, decimal_pos=1)


def number_name(number: str) -> str:
    """What people read of a number."""
    shares = {name: word for word, name in SHARES.values()}
    return str(NUMBERS.get(number) or shares.get(number, ""))


def asker(ask: Ask) -> str:
    """Who asked, as a kind of people: no page of figures says a name."""
    return str(_AUDIENCES[audience_of(ask.session)])
