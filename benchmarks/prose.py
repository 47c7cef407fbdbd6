"""Believable text for filled databases: some 6,000 words, a few common and most rare, as in any language."""

import random
from itertools import accumulate, product

COMMON = (
    "the to and of a in is for that on it with we this not be you as are have was will i milestone payment contract "
    "client work please hours delivered agreed changes project file deadline review invoice refund revision escrow "
    "release budget design feature scope week version dispute mediator evidence proposal quality message account"
).split()
_SYLLABLES = [a + b for a, b in product("bdfgklmnprstvz", ("a", "e", "i", "o", "u", "ar", "en", "il", "or", "un"))]


def vocabulary(chance: random.Random, size: int = 6_000) -> list[str]:
    """Words from common to rare; the rare ones are invented."""
    invented = {"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(size)}
    return [*COMMON, *sorted(invented)][:size]


def bodies(count: int, *, size: int, seed: int = 1) -> list[str]:
    """`count` different texts of about `size` characters."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    per_text = max(1, size // 6)
    return [" ".join(chance.choices(words, cum_weights=weights, k=per_text))[:size] for _ in range(count)]
