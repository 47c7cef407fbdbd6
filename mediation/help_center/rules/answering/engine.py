"""The door of answering: asks, answers, learns.

What an answer shows on its own is at least as probable as the cut; under it, up to three articles are proposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mediation.help_center.rules.answering import learning
from mediation.help_center.rules.answering.confidence import CUT, Confidence
from mediation.help_center.rules.answering.library import Confirmed, Library
from mediation.help_center.rules.answering.passages import Article
from mediation.help_center.rules.answering.ranking import Ranking, ranking
from mediation.help_center.rules.answering.refusals import Silence, silence
from mediation.help_center.rules.answering.space import Space

LONGEST_QUESTION = 1_000
PROPOSED, LEAST_SHARE = 3, 0.03
CLOSE = 0.6


@dataclass(frozen=True, slots=True)
class Answer:
    """`article` is shown on its own, or it is None and `silence` says why; `proposed` are up to three keys.

    `between`: two articles are so close that asking which one is meant beats both. `piece` is the passage of
    the article that is most like the question (`passages.sentences`).
    """

    article: str | None
    confidence: float
    silence: Silence | None = None
    proposed: tuple[str, ...] = ()
    between: bool = False
    piece: int = 0


class Engine:
    """`confidence` None (an encoder without coefficients): everything is a proposal.

    Not safe for two threads at once: whoever shares an engine holds a lock around each call.
    """

    def __init__(
        self, space: Space, articles: Sequence[Article], confirmed: Sequence[Confirmed] = (),
        confidence: Confidence | None = None,
    ) -> None:  # fmt: skip
        self.library = Library(space, articles, confirmed)
        self.confidence = confidence
        if self.library.classes:
            learning.refit(self.library)

    def rank(self, question: str, allowed: Sequence[str] | None = None) -> Ranking | None:
        return self._ranked(self._vector(question), question, allowed)

    def answer(self, question: str, *, allowed: Sequence[str] | None = None, cut: float = CUT) -> Answer:
        """`allowed`: the articles this person may read in this language (None: all); nothing else is looked at."""
        vector = self._vector(question)
        ranked = self._ranked(vector, question, allowed)
        if ranked is None or not question.strip():
            return Answer(None, 0.0, Silence.NO_ARTICLE if ranked is None else Silence.TOO_SHORT)
        keys = [self.library.keys[number] for number in ranked.numbers[:PROPOSED]]
        proposed = tuple(key for key, share in zip(keys, ranked.shares, strict=False) if share >= LEAST_SHARE)
        sure = self.confidence.of(ranked.features) if self.confidence else 0.0
        why = silence(question)
        if why is None and ranked.nothing > ranked.shares[0]:
            why = Silence.NO_ARTICLE
        if why is None and sure < cut:
            why = Silence.NOT_SURE
        if why is None:
            return Answer(keys[0], sure, None, proposed[1:], piece=self._piece(vector, int(ranked.numbers[0])))
        return Answer(None, sure, why, proposed, between=why is Silence.NOT_SURE and _two_are_close(ranked))

    def _vector(self, question: str) -> np.ndarray:
        return self.library.space.question(question[:LONGEST_QUESTION])

    def _ranked(self, vector: np.ndarray, question: str, allowed: Sequence[str] | None) -> Ranking | None:
        numbers = None
        if allowed is not None:
            numbers = np.array(
                [self.library.number_of[key] for key in allowed if key in self.library.number_of], np.int64
            )
        return ranking(self.library, vector, question[:LONGEST_QUESTION], numbers)

    def _piece(self, vector: np.ndarray, number: int) -> int:
        rows = self.library.pieces_of.get(number, [])
        return int(self.library.pieces.likeness(vector, list(rows)).argmax()) if rows else 0

    def confirm(self, question: str, article: str | None, weight: float = 1.0) -> None:
        """Somebody said which article answers it, or that none does (None); the next question feels it."""
        learning.confirm(self.library, self._vector(question), self.library.class_of(article), weight)
        self.library.space.grams.see([question[:LONGEST_QUESTION]])

    def refute(self, question: str, article: str, weight: float = 1.0) -> None:
        """ "Not helpful": counts against that article only."""
        learning.refute(self.library, self._vector(question), self.library.class_of(article), weight)

    def refit(self) -> bool:
        """All confirmations at once; whether the new weights were no worse and are kept."""
        return learning.refit_if_no_worse(self.library)


def _two_are_close(ranked: Ranking) -> bool:
    if len(ranked.shares) < 2:
        return False
    first, second = float(ranked.shares[0]), float(ranked.shares[1])
    return first + second >= CLOSE and second >= first / 3
