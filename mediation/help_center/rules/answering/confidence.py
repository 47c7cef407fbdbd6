"""How probable it is that the first article of a ranking is the right one: a logistic function of its features.

The coefficients are shipped for each encoder (`shipped.json`): `measuring.calibrated` over parts of the `train` lists
of three public sets of questions about other subjects; their `test` lists were not looked at.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

SHIPPED = Path(__file__).parent / "shipped.json"
CUT, CUT_WITHOUT_DATA = 0.90, 0.92
# How many outcomes of its own a language needs, and how many of the newest count.
SURE_OUTCOMES, OUTCOMES = 300, 2_000
MOST_WRONG = 0.05


@dataclass(frozen=True)
class Confidence:
    """`mean` and `scale` standardise the features; `weights` and `intercept` weigh them."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float

    def of(self, features: np.ndarray) -> float:
        """0 to 1."""
        standard = np.clip((features - np.array(self.mean)) / np.array(self.scale), -8, 8)
        return float(1 / (1 + np.exp(-(standard @ np.array(self.weights) + self.intercept))))


@dataclass(frozen=True)
class Shipped:
    """What is shipped for one encoder: the mean of general questions (a row) and the coefficients."""

    general: tuple[float, ...]
    confidence: Confidence


@cache
def shipped(encoder: str) -> Shipped | None:
    """None for an encoder nothing was measured with: its answers are proposals until it has outcomes."""
    found = json.loads(SHIPPED.read_text()).get(encoder)
    if found is None:
        return None
    told = found["confidence"]
    confidence = Confidence(tuple(told["mean"]), tuple(told["scale"]), tuple(told["weights"]), float(told["intercept"]))
    return Shipped(tuple(found["general"]), confidence)


def as_plain(confidence: Confidence) -> dict[str, object]:
    return {
        name: [round(one, 5) for one in part] if isinstance(part, tuple) else round(part, 5)
        for name, part in asdict(confidence).items()
    }


def fitted_confidence(
    features: np.ndarray, right: np.ndarray, counts: np.ndarray | None = None, held: float = 3.0
) -> Confidence:
    """By Newton's method with a ridge of `held`; one row of features a question, `right` 0 or 1, `counts` weigh."""
    mean, scale = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-6)
    rows = np.column_stack([np.clip((features - mean) / scale, -8, 8), np.ones(len(features))])
    ridge = np.full(rows.shape[1], held)
    ridge[-1] = 0.0
    counts = np.ones(len(rows)) if counts is None else counts
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (counts * (chance - right)) + ridge * weights
        bend = (rows * (counts * np.maximum(chance * (1 - chance), 1e-6))[:, None]).T @ rows + np.diag(ridge + 1e-9)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return Confidence(tuple(mean), tuple(scale), tuple(weights[:-1]), float(weights[-1]))


def cut_from_outcomes(outcomes: list[tuple[float, bool]], most_wrong: float = MOST_WRONG) -> float | None:
    """The lowest confidence from which on the upper bound (95 %) of wrong answers stays under `most_wrong`.

    `outcomes` are (confidence, whether it was right) of one language; None until there are enough of them or if no cut
    is good enough.
    """
    if len(outcomes) < SURE_OUTCOMES:
        return None
    best = None
    wrong = 0
    mixed = sorted(outcomes, reverse=True)
    for count, (confidence, was_right) in enumerate(mixed, start=1):
        wrong += not was_right
        # A cut lets all of one confidence through, or none.
        ends = count == len(mixed) or mixed[count][0] < confidence
        if ends and _upper_bound(wrong, count) <= most_wrong:
            best = confidence
    return best


def _upper_bound(wrong: int, count: int) -> float:
    """Wilson's upper bound of a share, one-sided 95 %."""
    z = 1.645
    share = wrong / count
    middle = share + z * z / (2 * count)
    spread = z * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return float((middle + spread) / (1 + z * z / count))
