"""Questions that belong together: average linkage over their vectors, a name and a middle question for each group.

A group keeps who it is while it grows (`matched`): people decide about it once.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import TypeVar

import numpy as np

from mediation.help_center.rules.answering.grams import words_of

Group = TypeVar("Group", bound=Hashable)
Item = TypeVar("Item", bound=Hashable)

# Two groups are joined while their questions are at least so alike on average (cosine of the encoder's vectors).
ALIKE = 0.55
MOST_QUESTIONS = 1_500
NAME_TERMS = 3
_SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Cluster:
    """`members` are places in the list that was given, smallest first; `middle` is the place most like all others."""

    members: tuple[int, ...]
    middle: int


def clusters(vectors: np.ndarray, alike: float = ALIKE) -> list[Cluster]:
    """Rows of unit length in groups, the largest first; a row like no other is a group of its own."""
    count = len(vectors)
    if count == 0:
        return []
    likeness = (vectors @ vectors.T).astype(np.float64)
    between = likeness.copy()
    np.fill_diagonal(between, -np.inf)
    sizes, groups = np.ones(count), [[place] for place in range(count)]
    while True:
        one, other = divmod(int(between.argmax()), count)
        if between[one, other] < alike:
            break
        one, other = min(one, other), max(one, other)
        joined = (sizes[one] * between[one] + sizes[other] * between[other]) / (sizes[one] + sizes[other])
        between[one], between[:, one] = joined, joined
        between[one, one] = -np.inf
        between[other], between[:, other] = -np.inf, -np.inf
        sizes[one] += sizes[other]
        groups[one] += groups[other]
        groups[other] = []
    found = [tuple(sorted(group)) for group in groups if group]
    return [_cluster(group, likeness) for group in sorted(found, key=lambda group: (-len(group), group))]


def _cluster(group: tuple[int, ...], likeness: np.ndarray) -> Cluster:
    inside = likeness[np.ix_(group, group)].sum(axis=1)
    return Cluster(group, group[int(inside.argmax())])


def name(texts: Sequence[str], among: Sequence[str]) -> str:
    """The strongest words and pairs of words of a group: said by many of it, and by few of all."""
    here, everywhere = _said_by(texts), _said_by(among)
    weights = {term: times * log(1 + len(among) / everywhere[term]) ** 2 for term, times in here.items()}
    chosen: list[str] = []
    for term in sorted(weights, key=lambda term: (-weights[term] * (1.3 if " " in term else 1), term)):
        words = set(term.split())
        if not any(words & set(one.split()) for one in chosen):
            chosen.append(term)
        if len(chosen) == NAME_TERMS:
            break
    return " · ".join(chosen)


def _said_by(texts: Sequence[str]) -> Counter[str]:
    """How many of the texts say each word and each pair of words. A pair begins and ends with a word that means."""
    counted: Counter[str] = Counter()
    for text in texts:
        words = words_of(text)
        long = {word for word in words if len(word) >= _SHORTEST_WORD}
        counted.update(long | {f"{one} {other}" for one, other in pairwise(words) if one in long and other in long})
    return counted


def matched(found: Sequence[frozenset[Item]], known: Mapping[Group, frozenset[Item]]) -> list[Group | None]:
    """Which known group each found one is: those that share most first, each once; None is a new one."""
    pairs = [
        (len(items & before), place, group)
        for place, items in enumerate(found)
        for group, before in known.items()
        if items & before
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1], str(pair[2])))
    result: list[Group | None] = [None] * len(found)
    taken: set[Group] = set()
    for _shared, place, group in pairs:
        if result[place] is None and group not in taken:
            result[place] = group
            taken.add(group)
    return result
