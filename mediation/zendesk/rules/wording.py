"""What a comment says, as Zendesk is given it: HTML that expands nothing, runs nothing and is never cut unseen."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_BYTES = 60_000  # Zendesk cuts after 64 kB, without a word
_JOINER = "\N{WORD JOINER}"
_PLACEHOLDER = re.compile(r"\{(?=[{%])|(?<=[%}])\}")
# Controls but tab and line feed, overrides of the direction of writing, and halves of a character.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said: by whom (name and role), when (as it is read), and what. `head` alone is a sentence of
    the system.
    """

    head: str
    text: str = ""
    is_html: bool = False  # `head` is markup of ours already


def fit(text: str) -> str:
    """The same words without characters that no text of a person needs."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def neutral(text: str) -> str:
    """The same words, with nothing in them that Zendesk would expand, or that would turn the line around."""
    return _PLACEHOLDER.sub(lambda found: f"{found[0]}{_JOINER}", fit(text))


def as_html(text: str) -> str:
    """Plain words as HTML."""
    return html.escape(neutral(text)).replace("\n", "<br>")


def paragraph(line: Line, *, cut: str, room: int = MOST_BYTES) -> str:
    """A line as a paragraph of at most `room` bytes; one that is longer ends with `cut`."""
    head = neutral(line.head) if line.is_html else html.escape(neutral(line.head))
    whole = _put_together(head, as_html(line.text))
    if size(whole) <= room:
        return whole
    low, high = 0, len(line.text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = size(_put_together(head, as_html(line.text[:middle]) + html.escape(cut))) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return _put_together(head, as_html(line.text[:low]) + html.escape(cut))


def _put_together(head: str, text: str) -> str:
    return f"<p><b>{head}</b><br>{text}</p>" if text else f"<p>{head}</p>"


def size(text: str) -> int:
    """Bytes on the wire."""
    return len(text.encode())


def together(paragraphs: Sequence[str]) -> tuple[str, int]:
    """As many of the paragraphs as one comment holds, in their order, and how many; always at least the first."""
    taken, used = 0, 0
    for one in paragraphs:
        used += size(one)
        if taken and used > MOST_BYTES:
            break
        taken += 1
    return "".join(paragraphs[:taken]), taken
