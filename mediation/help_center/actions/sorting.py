"""The answering engine over other classes than articles: texts that are given are sorted by what they mean.

Whoever asks brings the classes and what people confirmed; nothing of them is kept but their vectors.
"""

from functools import lru_cache
from threading import Lock

import numpy as np
from django.conf import settings

from mediation.help_center.actions.indexes import KeptVectors
from mediation.help_center.client.encoders import EncoderUnavailable, encoder
from mediation.help_center.rules.answering.confidence import shipped
from mediation.help_center.rules.answering.engine import Engine
from mediation.help_center.rules.answering.grams import Grams
from mediation.help_center.rules.answering.library import Confirmed
from mediation.help_center.rules.answering.passages import Article
from mediation.help_center.rules.answering.space import Space

_lock = Lock()


def likeliest(classes: tuple[Article, ...], confirmed: tuple[Confirmed, ...], text: str, most: int) -> list[str]:
    """The keys of the classes that the text belongs to most likely, best first; none without an encoder."""
    if not settings.HELP_ENCODER or not classes or not text.strip():
        return []
    try:
        with _lock:
            ranked = _engine(settings.HELP_ENCODER, settings.HELP_ENCODER_TOKEN, classes, confirmed).rank(text)
    except EncoderUnavailable:
        return []
    return [classes[number].key for number in ranked.numbers[:most]] if ranked else []


@lru_cache(maxsize=1)
def _vectors(name: str, token: str) -> KeptVectors:
    return KeptVectors(encoder(name, token))


@lru_cache(maxsize=2)
def _engine(name: str, token: str, classes: tuple[Article, ...], confirmed: tuple[Confirmed, ...]) -> Engine:
    vectors = _vectors(name, token)
    given = shipped(vectors.encoder.name)
    general = np.array(given.general, np.float32) if given else np.zeros(vectors.encoder.size, np.float32)
    return Engine(Space(vectors, Grams(), general), classes, confirmed)
