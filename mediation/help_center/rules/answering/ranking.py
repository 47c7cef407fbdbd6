"""The order of articles for one question, and what about that order tells how far it can be trusted."""

from dataclasses import dataclass

import numpy as np

from mediation.help_center.rules.answering.library import Library
from mediation.help_center.rules.answering.softmax import TEMPERATURE, shares

SHORTLIST, COMPARED = 256, 24
FEATURES = (
    "share", "lead", "score", "score_lead", "doubt", "nearest", "nearest_lead", "article_likeness",
    "confirmed", "known_words", "length", "share_odds", "score_known", "score_lead_root", "nearest_square",
    "nearest_lead_confirmed", "score_lead_cold",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranking:
    """`numbers` of articles, best first, with their `shares`; `nothing` is the share of "no article fits"."""

    numbers: np.ndarray
    shares: np.ndarray
    nothing: float
    features: np.ndarray


def ranking(library: Library, vector: np.ndarray, text: str, allowed: np.ndarray | None = None) -> Ranking | None:
    """Among the articles `allowed` (numbers; None: all), decided before comparing; None if there are none."""
    scores = library.weights.scores(vector)
    numbers = np.arange(library.nothing) if allowed is None else np.asarray(allowed, np.int64)
    if not len(numbers):
        return None
    mine = scores[numbers]
    if len(numbers) > SHORTLIST:
        best = np.argpartition(-mine, SHORTLIST)[:SHORTLIST]
        numbers, mine = numbers[best], mine[best]
    likeness = _cold_likeness(library, vector, numbers)
    cold = 0.5 * library.nothing / (library.nothing + len(library.classes))
    mine = (1 - cold) * mine + cold * TEMPERATURE * likeness
    order = np.argsort(-mine, kind="stable")
    numbers, mine, likeness = numbers[order], mine[order], likeness[order]
    nothing = float(scores[library.nothing]) if library.knows_nothing else None
    share = shares(np.append(mine, nothing) if nothing is not None else mine)
    features = _features(library, vector, text, numbers, mine, share, likeness, nothing)
    return Ranking(numbers, share[: len(numbers)], float(share[-1]) if nothing is not None else 0.0, features)


def _cold_likeness(library: Library, vector: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The best of title and passages, for each article."""
    likeness = library.titles.likeness(vector, list(numbers))
    owned = [(place, piece) for place, number in enumerate(numbers) for piece in library.pieces_of.get(number, ())]
    if owned:
        found = library.pieces.likeness(vector, [piece for _, piece in owned])
        np.maximum.at(likeness, [place for place, _ in owned], found)
    return likeness


def _features(
    library: Library, vector: np.ndarray, text: str, numbers: np.ndarray, scores: np.ndarray, share: np.ndarray,
    likeness: np.ndarray, nothing: float | None,
) -> np.ndarray:  # fmt: skip
    top, first = numbers[0], float(scores[0])
    rivals = [float(scores[1])] if len(scores) > 1 else [first - TEMPERATURE]
    rivals += [] if nothing is None else [nothing]
    second = max(rivals)
    highest = max(first, second)
    total = float(np.exp(np.append(scores, nothing if nothing is not None else -1e9) - highest).sum())
    part, other_part = float(np.exp(first - highest)) / total, float(np.exp(second - highest)) / total
    doubt = float(-(share * np.log(share + 1e-12)).sum() / np.log(library.nothing + 1))
    own = max(float(library.middle(top) @ vector), float(library.titles.likeness(vector, [int(top)])[0]))
    nearest, other = _neighbours(library, vector, numbers, own)
    confirmed = float(library.counts[top])
    known = library.space.grams.known(text)
    score, lead = first / TEMPERATURE, (first - second) / TEMPERATURE
    odds = float(np.log(max(part, 1e-6) / max(1 - part, 1e-6)))
    return np.array(
        [part, part - other_part, score, lead, doubt, nearest, nearest - other, own, np.log1p(confirmed), known,
         np.log1p(min(len(text.split()), 200)), odds, score * known, np.sqrt(max(lead, 0.0)), nearest**2,
         (nearest - other) * (confirmed > 0), lead * (confirmed == 0)],
        np.float64,
    )  # fmt: skip


def _neighbours(library: Library, vector: np.ndarray, numbers: np.ndarray, own: float) -> tuple[float, float]:
    """Likeness to the nearest confirmed question of the first article, and to the nearest of the others compared."""
    if not library.classes:
        return own, float(library.middle(numbers[1]) @ vector) if len(numbers) > 1 else 0.0
    mine = library.questions_of.get(int(numbers[0]), [])
    nearest = max(own, float(library.questions.likeness(vector, mine).max())) if mine else own
    others = [place for number in numbers[1:COMPARED] for place in library.questions_of.get(int(number), ())]
    others += library.questions_of.get(library.nothing, [])[-2_000:]
    return nearest, max(0.0, float(library.questions.likeness(vector, others).max())) if others else 0.0
