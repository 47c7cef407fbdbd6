"""What an engine knows: articles as vectors, the questions confirmed for each, and those that no article fits."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mediation.help_center.rules.answering.passages import Article, passages
from mediation.help_center.rules.answering.rows import Rows
from mediation.help_center.rules.answering.softmax import TEMPERATURE, Weights
from mediation.help_center.rules.answering.space import Space

NOTHING = -1
PART = 4_000
NOTHING_PULL = 0.5


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A question somebody said the answer to; `article` None: none fits. `weight` 0 to 1 (how far a person counts)."""

    text: str
    article: str | None
    weight: float = 1.0


class Library:
    """Numbers articles as they are given; the class after the last article is "no article fits"."""

    def __init__(self, space: Space, articles: Sequence[Article], confirmed: Sequence[Confirmed] = ()) -> None:
        self.space = space
        self.keys = [article.key for article in articles]
        self.number_of = {key: number for number, key in enumerate(self.keys)}
        self.nothing = len(articles)
        titles = [article.title for article in articles]
        pieces = [(number, piece) for number, one in enumerate(articles) for piece in passages(one.title, one.body)]
        texts = [piece for _, piece in pieces]
        space.grams.see(titles + texts)
        told = [Confirmed(said, one.key) for one in articles for said in one.phrasings]
        told += [one for one in confirmed if one.article is None or one.article in self.number_of]
        questions = [one.text for one in told]
        space.grams.see(questions)
        of_titles, of_texts = space.encode(titles, "title"), space.encode(texts, "passage")
        of_questions = space.encode(questions, "question")
        space.centre(of_titles, of_texts, of_questions)
        self.titles, self.pieces, self.questions = Rows(space.size), Rows(space.size), Rows(space.size)
        title_rows = space.place(titles, of_titles, "title")
        self.titles.append(title_rows)
        owners = [number for number, _ in pieces]
        self.start = TEMPERATURE * self._middles(title_rows, texts, of_texts, owners)
        self.pieces_of = _grouped(owners)
        self.questions_of: defaultdict[int, list[int]] = defaultdict(list)
        self.counts = np.zeros(self.nothing + 1)
        self.classes: list[int] = []
        self.question_weights: list[float] = []
        self.refuted_rows, self.refuted = Rows(space.size), list[tuple[int, float]]()
        for part in _parts(len(questions)):
            rows = space.place(questions[part], of_questions[part], "question")
            for row, one in zip(rows, told[part], strict=True):
                self.keep(row, self.class_of(one.article), one.weight)
        self.weights = self.fresh()

    def _middles(self, titles: np.ndarray, texts: list[str], meanings: np.ndarray, owners: list[int]) -> np.ndarray:
        """Between each article's title and the middle of its pieces, which are kept on the way."""
        sums = np.zeros_like(titles)
        for part in _parts(len(texts)):
            rows = self.space.place(texts[part], meanings[part], "passage")
            self.pieces.append(rows)
            np.add.at(sums, owners[part], rows)
        count = np.bincount(owners, minlength=len(titles))[:, None] if owners else np.zeros((len(titles), 1))
        middles = titles + np.where(count > 0, sums / np.maximum(count, 1), titles if owners else 0)
        return (middles / np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)).astype(np.float32)

    def class_of(self, article: str | None) -> int:
        return self.nothing if article is None else self.number_of[article]

    @property
    def knows_nothing(self) -> bool:
        """Whether a question was ever closed with "no article fits"; until then that class is not there."""
        return bool(self.counts[self.nothing])

    def keep(self, row: np.ndarray, number: int, weight: float = 1.0) -> None:
        """One more confirmed question, for what is compared; the weights are not moved by it."""
        self.questions_of[number] += self.questions.append(row[None])
        self.classes.append(number)
        self.question_weights.append(weight)
        self.counts[number] += 1

    def keep_refuted(self, row: np.ndarray, number: int, weight: float) -> None:
        """One more question that an article did not answer, at the same place in `refuted_rows` and `refuted`."""
        self.refuted_rows.append(row[None])
        self.refuted.append((number, weight))

    def middle(self, number: int | np.ndarray) -> np.ndarray:
        """An article's own vector, of unit length (or several articles')."""
        return self.start[number] / TEMPERATURE

    def fresh(self) -> Weights:
        """Weights that know articles only."""
        rows = np.concatenate([self.start, np.zeros((1, self.space.size), np.float32)])
        if self.knows_nothing:
            rows[-1] = self.nothing_start()
        return Weights(rows, np.zeros(len(rows), np.float32))

    def nothing_start(self) -> np.ndarray:
        return NOTHING_PULL * TEMPERATURE * self.questions.take(self.questions_of[self.nothing]).mean(axis=0)


def _parts(count: int) -> Iterator[slice]:
    """A few thousand texts at a time: their rows in full length take four times the memory of what is kept."""
    return (slice(start, start + PART) for start in range(0, count, PART))


def _grouped(owners: list[int]) -> dict[int, list[int]]:
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place, owner in enumerate(owners):
        groups[owner].append(place)
    return dict(groups)
