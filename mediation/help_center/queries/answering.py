"""The one way to an answer. Until the answering engine is joined here, plain search stands in for it and shows what it
found to choose from, and answers nothing on its own.
"""

from dataclasses import dataclass
from enum import StrEnum

from mediation.help_center.audience import Reader
from mediation.help_center.models import Version
from mediation.help_center.queries import search

MEANT = 3


class Kind(StrEnum):
    """What an answer is."""

    ARTICLE = "article"
    DID_YOU_MEAN = "did_you_mean"
    FOLLOW_UP = "follow_up"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Answer:
    """`passage` is plain text; `confidence` is from 0 to 1; `did_you_mean` does not count as an answer."""

    kind: Kind
    article: Version | None = None
    passage: str = ""
    confidence: float = 0.0
    did_you_mean: tuple[Version, ...] = ()
    follow_up: str = ""


def answer(reader: Reader, language: str, question: str) -> Answer:
    """What to show for a question."""
    found = tuple(search.matching(reader, language, question)[:MEANT])
    return Answer(Kind.DID_YOU_MEAN if found else Kind.NOTHING, did_you_mean=found)
