"""What an answer is, and what plain search makes of a question where no engine stands behind it."""

from dataclasses import dataclass
from enum import StrEnum

from mediation.help_center.audience import Reader, visible_versions
from mediation.help_center.models import Ask, Version
from mediation.help_center.queries import search

MEANT = 3


class Kind(StrEnum):
    """What an answer is."""

    ARTICLE = "article"
    DID_YOU_MEAN = "did_you_mean"
    FOLLOW_UP = "follow_up"
    NOTHING = "nothing"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Answer:
    """`passage` is plain text of `article`; `confidence` is from 0 to 1; `did_you_mean` does not count as an answer.

    A `FOLLOW_UP` asks which of two is meant: the first two of `did_you_mean`. `why` is a `rules.answering.Silence`,
    where nothing is shown on its own.
    """

    kind: Kind
    article: Version | None = None
    passage: str = ""
    confidence: float = 0.0
    did_you_mean: tuple[Version, ...] = ()
    why: str = ""


def kept(reader: Reader, ask: Ask) -> Answer:
    """What was shown for a question then; of what was proposed, what the reader may still read."""
    visible = visible_versions(reader, ask.language).filter(article__versions__in=ask.proposed).distinct()
    return Answer(Kind(ask.kind), ask.shown, ask.passage, ask.confidence, tuple(visible), ask.why)


def searched(reader: Reader, language: str, question: str) -> Answer:
    """By words alone: up to three to choose from, and nothing on its own."""
    found = tuple(search.matching(reader, language, question)[:MEANT])
    return Answer(Kind.DID_YOU_MEAN if found else Kind.NOTHING, did_you_mean=found)
