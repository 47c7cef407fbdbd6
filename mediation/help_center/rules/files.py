"""Articles as Markdown files: a head between two lines of `---`, then the text.

    ---
    title: How long does the other side have to answer?
    section: disputes
    audience: public
    review: 2027-06-01
    moved from: answer-time, reply-time
    asks:
    - they don't reply to my claim
    ---
    The text, with {{ policy.response_days_escrow }} where a number stands.

Section, audience, review, position and old addresses stand in the English file; other languages have title and asks.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from mediation.help_center.rules import placeholders

AUDIENCES = ("public", "client", "freelancer", "agents")
KEYS = ("title", "section", "audience", "position", "review", "moved from", "asks")
LEAST_ASKS, MOST_ASKS, LONGEST_TITLE, LONGEST_BODY = 3, 5, 150, 20_000
_EDGE = "---"


@dataclass(frozen=True, slots=True)
class Page:
    """One file that was read."""

    title: str
    body: str
    asks: tuple[str, ...]
    section: str = ""
    audience: str = "public"
    position: int = 100
    review: date | None = None
    old: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which line (from 1)."""

    line: int
    why: str


@dataclass
class _Head:
    values: dict[str, tuple[int, str]] = field(default_factory=dict)
    asks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    body_from: int = 0


def read(text: str, vocabulary: Collection[str], *, is_first: bool) -> tuple[Page | None, list[Fault]]:
    """The page, or all that is wrong with it. `is_first`: the file of the language that says section and audience."""
    lines = text.lstrip("\ufeff").splitlines()
    if not lines or lines[0].strip() != _EDGE or _EDGE not in [line.strip() for line in lines[1:]]:
        return None, [Fault(1, "begin with a line of ---, the head, and another line of ---")]
    head = _head(lines)
    body = "\n".join(lines[head.body_from :]).strip()
    faults = [*head.faults, *_missing(head, body, is_first=is_first)]
    faults += [
        Fault(line + head.body_from, f"{{{{ {name} }}}} is no number of a policy")
        for line, name in placeholders.unknown("\n".join(lines[head.body_from :]), vocabulary)
    ]
    review, position = _date(head, faults), _position(head, faults)
    if faults:
        return None, sorted(faults, key=lambda one: one.line)

    def said(key: str, default: str = "") -> str:
        return head.values.get(key, (0, default))[1]

    old = tuple(one.strip() for one in said("moved from").split(",") if one.strip())
    page = Page(
        said("title"), body, tuple(head.asks), said("section"), said("audience", "public"), position, review, old
    )
    return page, []


def write(page: Page) -> str:
    """The file of a page; read again it is the same page."""
    head = [f"title: {page.title}"]
    if page.section:
        head += [f"section: {page.section}", f"audience: {page.audience}", f"position: {page.position}"]
        head += [f"review: {page.review.isoformat()}"] if page.review else []
        head += [f"moved from: {', '.join(page.old)}"] if page.old else []
    return "\n".join([_EDGE, *head, "asks:", *(f"- {one}" for one in page.asks), _EDGE, page.body, ""])


def _head(lines: list[str]) -> _Head:
    head, in_asks = _Head(), False
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == _EDGE:
            head.body_from = number
            break
        if not line.strip():
            continue
        if in_asks and line.lstrip().startswith("- "):
            head.asks.append(line.lstrip()[2:].strip())
            continue
        key, colon, value = line.partition(":")
        key = key.strip().lower()
        if not colon or key not in KEYS:
            head.faults.append(Fault(number, f"say one of {', '.join(KEYS)}, then a colon"))
        elif key in head.values:
            head.faults.append(Fault(number, f"{key} is said twice"))
        else:
            head.values[key] = number, value.strip()
        in_asks = key == "asks"
    return head


def _missing(head: _Head, body: str, *, is_first: bool) -> Iterator[Fault]:
    line, title = head.values.get("title", (1, ""))
    if not title.endswith("?") or len(title) > LONGEST_TITLE:
        yield Fault(line, f"title: a question of at most {LONGEST_TITLE} characters, with its question mark")
    if not LEAST_ASKS <= len(head.asks) <= MOST_ASKS:
        yield Fault(head.values.get("asks", (1, ""))[0], f"asks: {LEAST_ASKS} to {MOST_ASKS} lines, each with - before")
    if is_first and not head.values.get("section", (1, ""))[1]:
        yield Fault(1, "section: name one of sections.txt")
    at, audience = head.values.get("audience", (1, "public"))
    if audience not in AUDIENCES:
        yield Fault(at, f"audience: one of {', '.join(AUDIENCES)}")
    if not body or len(body) > LONGEST_BODY:
        yield Fault(head.body_from + 1, f"write a text of at most {LONGEST_BODY} characters below the head")


def _date(head: _Head, faults: list[Fault]) -> date | None:
    line, said = head.values.get("review", (1, ""))
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        faults.append(Fault(line, "review: a day like 2027-06-01"))
        return None


def _position(head: _Head, faults: list[Fault]) -> int:
    line, said = head.values.get("position", (1, "100"))
    if said.isascii() and said.isdigit() and int(said) < 2**15:
        return int(said)
    faults.append(Fault(line, "position: a whole number below 32768"))
    return 0
