"""How confirmations move the weights: one step at once, all of them together later."""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np

from mediation.help_center.rules.answering.library import Library
from mediation.help_center.rules.answering.softmax import Weights, fitted, shares

STEP = 4.0
ARTICLE_COUNT = 0.5
# More than this (questions × classes) is refitted in small batches instead of as one sum.
ONE_SUM = 20_000_000
BATCH, PASSES = 256, 2
LEAST_HELD_OUT = 20
MOST_OF_ONE_PERSON = 5.0


def confirm(library: Library, vector: np.ndarray, number: int, weight: float = 1.0) -> None:
    """One step along the slope of one question, then it is kept for comparing."""
    first_nothing = number == library.nothing and not library.knows_nothing
    library.keep(vector, number, weight)
    if first_nothing:
        library.weights.rows[-1] = library.nothing_start()
    slope = shares(_open_scores(library, library.weights.scores(vector)))
    slope[number] -= 1
    _move(library.weights, vector, slope, STEP * weight)


def refute(library: Library, vector: np.ndarray, number: int, weight: float = 1.0) -> None:
    """That article becomes less probable for this question; no other one moves. It is kept for the next refit."""
    library.keep_refuted(vector, number, weight)
    _push_away(library, library.weights, vector, number, weight)


def _push_away(library: Library, weights: Weights, vector: np.ndarray, number: int, weight: float) -> None:
    probable = shares(_open_scores(library, weights.scores(vector)))
    slope = np.zeros_like(probable)
    slope[number] = probable[number]
    _move(weights, vector, slope, STEP * weight)


def _open_scores(library: Library, scores: np.ndarray) -> np.ndarray:
    if not library.knows_nothing:
        scores[..., library.nothing] = -np.inf
    return scores


def _move(weights: Weights, vector: np.ndarray, slope: np.ndarray, length: float) -> None:
    felt = np.flatnonzero(np.abs(slope) > 1e-4)
    weights.rows[felt] -= np.float32(length) * slope[felt, None] * vector
    weights.bias[felt] -= np.float32(length / 20) * slope[felt]


def refit(library: Library, leave_out: Sequence[int] = ()) -> None:
    """New weights from all questions kept, but for the places in `leave_out`."""
    library.weights = _refitted(library, leave_out)


def refit_if_no_worse(library: Library) -> bool:
    """Kept only if a tenth of the questions, which it did not see, is answered at least as well as before.

    The tenth is every tenth of each article's; what is kept is then fitted with them too.
    """
    held = [place for places in library.questions_of.values() for place in places[9::10]]
    if len(held) >= LEAST_HELD_OUT:
        tried = _refitted(library, held)
        if _right(library, tried, held) < _right(library, library.weights, held):
            return False
    refit(library)
    return True


def _right(library: Library, weights: Weights, places: Sequence[int]) -> int:
    right = 0
    for start in range(0, len(places), BATCH):
        part = list(places[start : start + BATCH])
        scores = _open_scores(library, weights.scores(library.questions.take(part)))
        right += int((scores.argmax(axis=1) == np.array(library.classes)[part]).sum())
    return right


def _refitted(library: Library, leave_out: Sequence[int]) -> Weights:
    """From what was confirmed; what was refuted is no class to fit, so it is pushed away again afterwards."""
    weights = _from_confirmed(library, leave_out)
    for place, (number, weight) in enumerate(library.refuted):
        _push_away(library, weights, library.refuted_rows.take([place])[0], number, weight)
    return weights


def _from_confirmed(library: Library, leave_out: Sequence[int]) -> Weights:
    places = np.setdiff1d(np.arange(len(library.classes)), np.array(leave_out, np.int64))
    fresh = library.fresh()
    classes = len(fresh.rows) if library.knows_nothing else library.nothing
    if len(places) * classes > ONE_SUM:
        return _in_batches(library, fresh, places)
    own = np.arange(library.nothing)
    vectors = np.concatenate([library.questions.take(places), library.titles.take(own), library.middle(own)])
    known = np.concatenate([np.array(library.classes, np.int64)[places], own, own])
    counts = np.concatenate(
        [np.array(library.question_weights)[places], np.full(2 * library.nothing, ARTICLE_COUNT)]
    ).astype(np.float32)
    found = fitted(vectors, known, counts, fresh.rows[:classes])
    fresh.rows[:classes], fresh.bias[:classes] = found.rows, found.bias
    return fresh


def _in_batches(library: Library, weights: Weights, places: np.ndarray) -> Weights:
    chance = np.random.default_rng(1)
    classes, counts = np.array(library.classes), np.array(library.question_weights, np.float32)
    for _ in range(PASSES):
        mixed = chance.permutation(places)
        for start in range(0, len(mixed), BATCH):
            part = mixed[start : start + BATCH]
            vectors = library.questions.take(part)
            slopes = shares(_open_scores(library, weights.scores(vectors)))
            slopes[np.arange(len(part)), classes[part]] -= 1
            slopes *= counts[part, None]
            weights.rows -= np.float32(STEP / PASSES) * (slopes.T @ vectors)
            weights.bias -= np.float32(STEP / PASSES / 20) * slopes.sum(axis=0)
    return weights


def capped_weights(people: Sequence[Hashable]) -> list[float]:
    """One person's confirmations together weigh at most `MOST_OF_ONE_PERSON`; one weight for each, in order."""
    times = Counter(people)
    return [min(1.0, MOST_OF_ONE_PERSON / times[person]) for person in people]
