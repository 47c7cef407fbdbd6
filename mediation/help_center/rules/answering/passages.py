"""An article as what can be compared with a question: its title, and its text in overlapping pieces."""

import re
from dataclasses import dataclass, field

PASSAGE_WORDS, STEP_WORDS, MOST_PASSAGES = 60, 45, 6
SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Article:
    """`key` names an article in one language; `phrasings` are how people ask for it, in the editors' words."""

    key: str
    title: str
    body: str = ""
    phrasings: tuple[str, ...] = field(default=())


def passages(title: str, body: str) -> list[str]:
    """Pieces of some 60 words that overlap by 15, each with the title before it; none of an empty text."""
    words = body.split()
    starts = range(0, max(1, len(words) - (PASSAGE_WORDS - STEP_WORDS)), STEP_WORDS) if words else ()
    return [f"{title}. {' '.join(words[at : at + PASSAGE_WORDS])}" for at in starts][:MOST_PASSAGES]


def sentences(body: str, piece: int) -> str:
    """The whole sentences that begin in a piece."""
    start = piece * STEP_WORDS
    shown, at = [], 0
    for sentence in SENTENCE.split(body.strip()):
        if start <= at < start + PASSAGE_WORDS:
            shown.append(sentence)
        at += len(sentence.split())
    return " ".join(shown) or " ".join(body.split()[start : start + PASSAGE_WORDS])
