"""Who sees what of a case: the one table (domain, section 4).

The queries ask it, and the confidentiality notice that people read is made from it, so the two cannot differ.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from mediation.disputes.rules.states import State


class Viewer(StrEnum):
    """Who looks. Somebody can be several at once, e.g. the case's mediator and a senior; the most open level counts."""

    FILER = "filer"
    OTHER = "other"  # the other party
    MEDIATOR = "mediator"  # the agent who owns the case
    AGENT = "agent"  # other agents
    SENIOR = "senior"  # seniors and supervisors
    QA = "qa"
    ANALYST = "analyst"
    ADMIN = "admin"
    ZENDESK = "zendesk"


class Thing(StrEnum):
    """What there is to see."""

    JOINT = "joint"
    CAUCUS = "caucus"
    NOTES = "notes"
    DRAFT = "draft"
    STATEMENTS = "statements"
    OFFERS = "offers"
    SEALED = "sealed"  # blind bids and answers to a recommendation
    EVIDENCE = "evidence"
    PROPOSALS = "proposals"  # recommendation and agreement
    LEDGER = "ledger"
    CLOCKS = "clocks"
    RATING = "rating"
    CHAIN = "chain"
    GLASS = "glass"  # that somebody looked into a private talk, and why


class Level(StrEnum):
    """How much of it."""

    WRITE = "write"
    READ = "read"
    AFTER = "after"  # one's own at once, the others' after they are revealed together
    OWN = "own"
    IN_OR_NOT = "in_or_not"  # whether it is there, and nothing of what it says
    BREAK_GLASS = "break_glass"
    TOLD = "told"  # once the case is closed, of their own talk
    LINKS = "links"
    SUMS = "sums"
    META = "meta"
    NOTHING = "nothing"


_COLUMNS = tuple(Viewer)
_SHORT = {
    "RW": Level.WRITE, "R": Level.READ, "after": Level.AFTER, "own": Level.OWN, "in": Level.IN_OR_NOT,
    "glass": Level.BREAK_GLASS, "told": Level.TOLD, "links": Level.LINKS, "sums": Level.SUMS, "meta": Level.META,
    "-": Level.NOTHING,
}  # fmt: skip
_ROWS = """
            filer other mediator agent senior qa    analyst admin zendesk
joint       RW    RW    RW       R     R      R     -       meta  R
caucus      own   own   RW       -     glass  glass -       -     meta
notes       -     -     RW       RW    RW     R     -       meta  R
draft       RW    -     -        -     -      -     -       -     -
statements  after after after    after after  after -       -     after
offers      R     R     R        R     R      R     sums    meta  sums
sealed      own   own   in       -     -      -     -       -     -
evidence    R     R     R        R     R      R     -       meta  links
proposals   R     R     RW       R     R      R     sums    meta  R
ledger      R     R     R        R     R      R     R       R     meta
clocks      own   own   R        R     R      R     R       R     -
rating      own   -     after    -     R      R     sums    -     sums
chain       own   own   R        -     R      R     -       meta  -
glass       told  told  -        -     R      R     -       meta  -
"""


def _parsed() -> dict[tuple[Thing, Viewer], Level]:
    lines = _ROWS.split("\n")[2:-1]
    cells = [(Thing(line.split()[0]), line.split()[1:]) for line in lines]
    return {(thing, viewer): _SHORT[cell] for thing, row in cells for viewer, cell in zip(_COLUMNS, row, strict=True)}


TABLE = _parsed()
_OPENNESS = list(reversed(Level))


def level(thing: Thing, viewers: frozenset[Viewer]) -> Level:
    """How much somebody who is all of these sees of a thing; nothing for nobody."""
    found = (TABLE[thing, viewer] for viewer in viewers)
    return max(found, key=_OPENNESS.index, default=Level.NOTHING)


def reads(thing: Thing, viewers: frozenset[Viewer]) -> bool:
    """Whether they read what it says, without a further condition."""
    return level(thing, viewers) in (Level.READ, Level.WRITE)


def who_reads(thing: Thing) -> Iterator[tuple[Viewer, Level]]:
    """A line of the confidentiality notice: everybody who sees anything of it."""
    for viewer in Viewer:
        if (found := TABLE[thing, viewer]) is not Level.NOTHING:
            yield viewer, found


def is_out(state: str, *, has_claim: bool, filed_at: datetime | None) -> bool:
    """Whether anybody but its filer may know of a case. A claim that was never filed, erased or not, is nobody's."""
    return state != State.DRAFT.value and (filed_at is not None or not has_claim)
