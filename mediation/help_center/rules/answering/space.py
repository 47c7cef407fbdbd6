"""Where questions, titles and passages are comparable: the encoder's view, centred for each kind, beside the grams'."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from mediation.help_center.rules.answering.grams import Grams

Kind = Literal["question", "title", "passage"]
Encode = Callable[[list[str], Kind], np.ndarray]
MEANING_WEIGHT, GRAMS_WEIGHT = 0.85, 0.53
# How many texts of its own a kind needs before its own mean weighs as much as the general one.
PRIOR_TITLES, PRIOR_QUESTIONS = 30, 50


class Space:
    """`general` is the mean of general questions (shipped with the coefficients); zeros where none is known."""

    def __init__(self, encode: Encode, grams: Grams, general: np.ndarray) -> None:
        self.encode, self.grams, self.general = encode, grams, general
        self.means: dict[str, np.ndarray] = {}

    @property
    def size(self) -> int:
        return len(self.general) + self.grams.size

    def centre(self, titles: np.ndarray, passages: np.ndarray, questions: np.ndarray) -> None:
        """Vectors of the encoder, one row a text; what is missing is taken from the general mean."""
        title = self._mean(titles, PRIOR_TITLES)
        self.means = {"title": title, "passage": self._mean(passages, PRIOR_TITLES)}
        self.means["question"] = (
            self._mean(questions, PRIOR_QUESTIONS) if len(questions) else (self.general + title) / 2
        )

    def _mean(self, rows: np.ndarray, prior: int) -> np.ndarray:
        return (rows.sum(axis=0) + prior * self.general) / (len(rows) + prior)

    def place(self, texts: list[str], meanings: np.ndarray, kind: Kind) -> np.ndarray:
        """Rows of `size` numbers from the texts and what the encoder made of them."""
        centred = meanings - self.means[kind]
        centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        return np.concatenate(
            [MEANING_WEIGHT * centred, GRAMS_WEIGHT * self.grams.rows(texts)], axis=1, dtype=np.float32
        )

    def question(self, text: str) -> np.ndarray:
        return self.place([text], self.encode([text], "question"), "question")[0]
