"""Words, pairs of words and parts of words, hashed: what a sentence encoder overlooks (names, numbers, rare words)."""

import itertools
import re
import unicodedata
import zlib
from collections import Counter

import numpy as np

WORD = re.compile(r"[^\W_]+")
LONGEST_TEXT, LONGEST_WORD = 2_000, 40
PART_WEIGHT = 0.6
SEEN_SLOTS = 1 << 20


def plain(text: str) -> str:
    """Small letters without accents, of the part of a text that is looked at."""
    spread = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].lower())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in WORD.findall(plain(text))]


def grams_of(text: str) -> Counter[str]:
    """How often each gram occurs; its first letter says what it is: `w`ord, `b`oth words, `c`haracters."""
    words = words_of(text)
    grams = Counter("w" + word for word in words)
    grams.update(f"b{one} {other}" for one, other in itertools.pairwise(words))
    for word in words:
        padded = f" {word} "
        for size in (3, 4, 5):
            grams.update("c" + padded[at : at + size] for at in range(len(padded) - size + 1))
    return grams


class Grams:
    """Texts as rows of `size` numbers without a vocabulary; what is rare among the texts seen so far weighs more.

    How often a gram was seen is counted in hashed slots, so that the memory does not grow with what people write.
    """

    def __init__(self, size: int = 512) -> None:
        self.size, self.texts = size, 0
        self.seen = np.zeros(SEEN_SLOTS, np.int32)

    def see(self, texts: list[str]) -> None:
        for text in texts:
            slots = {zlib.crc32(gram.encode()) % SEEN_SLOTS for gram in grams_of(text)}
            self.seen[list(slots)] += 1
            self.texts += 1

    def _rarity(self, hashes: np.ndarray) -> np.ndarray:
        return np.log((1 + self.texts) / (1 + self.seen[hashes % SEEN_SLOTS])) + 1

    def rows(self, texts: list[str]) -> np.ndarray:
        """float32 rows of unit length; a text without letters is a row of zeros."""
        rows = np.zeros((len(texts), self.size), np.float32)
        for place, text in enumerate(texts):
            grams = grams_of(text)
            if not grams:
                continue
            hashes = np.array([zlib.crc32(gram.encode()) for gram in grams], np.int64)
            weights = (1 + np.log(np.fromiter(grams.values(), np.float64))) * self._rarity(hashes)
            weights *= np.array([PART_WEIGHT if gram[0] == "c" else 1.0 for gram in grams])
            signs = np.where((hashes >> 20) & 1, 1.0, -1.0)
            rows[place] = np.bincount(hashes % self.size, weights * signs, self.size)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def known(self, text: str) -> float:
        """Which share of a question's words, by their rarity, was seen before: 0 to 1."""
        words = sorted(set(words_of(text)))
        if not words:
            return 0.0
        hashes = np.array([zlib.crc32(b"w" + word.encode()) for word in words], np.int64)
        rarity = self._rarity(hashes)
        return float(rarity[self.seen[hashes % SEEN_SLOTS] > 0].sum() / rarity.sum())
