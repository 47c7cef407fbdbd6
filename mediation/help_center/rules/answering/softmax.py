"""A softmax over articles whose weights start at the articles themselves and are pulled by what people confirmed.

Without a single confirmation it is likeness to the article; the more questions are confirmed, the further the weights
may move (`PULL` holds them back: half its size times the squared distance is the price).
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

TEMPERATURE, PULL, BIAS_PULL = 9.0, 0.01, 1.0
ROUNDS, MEMORY, TRIES = 40, 8, 12


@dataclass
class Weights:
    """`rows` (classes × numbers) and `bias` (classes), float32."""

    rows: np.ndarray
    bias: np.ndarray

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        return vectors @ self.rows.T + self.bias


def shares(scores: np.ndarray) -> np.ndarray:
    """Softmax along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def fitted(
    vectors: np.ndarray, classes: np.ndarray, counts: np.ndarray, start: np.ndarray, rounds: int = ROUNDS
) -> Weights:
    """The weights that explain the questions best, paying for their distance from `start`; `counts` weighs each row."""
    shape = start.shape
    size = start.size

    def price(moved: np.ndarray) -> tuple[float, np.ndarray]:
        away, bias = moved[:size].reshape(shape), moved[size:]
        probable = shares(vectors @ (start + away).T + bias)
        chosen = probable[np.arange(len(classes)), classes]
        loss = -(counts * np.log(np.maximum(chosen, 1e-30))).sum()
        probable[np.arange(len(classes)), classes] -= 1
        probable *= counts[:, None]
        slope = np.concatenate([(probable.T @ vectors + PULL * away).ravel(), probable.sum(axis=0) + BIAS_PULL * bias])
        return float(loss + PULL / 2 * (away**2).sum() + BIAS_PULL / 2 * (bias**2).sum()), slope

    moved = _lowest(price, np.zeros(size + len(start), np.float32), rounds)
    return Weights(start + moved[:size].reshape(shape), moved[size:])


def _lowest(price, at: np.ndarray, rounds: int) -> np.ndarray:  # type: ignore[no-untyped-def]
    """Limited-memory BFGS with halved steps: enough for a smooth convex price."""
    cost, slope = price(at)
    steps: deque[tuple[np.ndarray, np.ndarray, float]] = deque(maxlen=MEMORY)
    for _ in range(rounds):
        way = -_scaled(slope, steps)
        falls = float(way @ slope)
        length = 1.0 if steps else min(1.0, 10.0 / max(float(np.linalg.norm(slope)), 1e-9))
        for _ in range(TRIES):
            there = at + np.float32(length) * way
            new_cost, new_slope = price(there)
            if new_cost <= cost + 1e-4 * length * falls:
                break
            length /= 2
        else:
            return at
        step, bend = there - at, new_slope - slope
        turn = float(step @ bend)
        if turn > 1e-10:
            steps.append((step, bend, turn))
        settled = cost - new_cost < 1e-6 * max(abs(cost), 1.0)
        at, cost, slope = there, new_cost, new_slope
        if settled:
            break
    return at


def _scaled(slope: np.ndarray, steps: deque[tuple[np.ndarray, np.ndarray, float]]) -> np.ndarray:
    way = slope.copy()
    parts = []
    for step, bend, turn in reversed(steps):
        part = float(step @ way) / turn
        way -= np.float32(part) * bend
        parts.append(part)
    if steps:
        _, bend, turn = steps[-1]
        way *= np.float32(turn / float(bend @ bend))
    for (step, bend, turn), part in zip(steps, reversed(parts), strict=True):
        way += np.float32(part - float(bend @ way) / turn) * step
    return way
