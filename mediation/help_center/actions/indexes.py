"""What each process knows of articles and lessons: an engine for a language, built at the first question in it.

Before a question is answered, at most twice a second, the tables are asked what is new. New lessons are learned one by
one; a new version of an article, or a lesson that was taken back, has the engine built anew from vectors that are kept.
"""

import logging
import time
from dataclasses import dataclass, field
from functools import cache
from threading import Lock, RLock, Thread

import numpy as np
from django.conf import settings
from django.db import connections
from django.db.models import Count, Max
from django.utils import translation

from mediation.help_center.audience import current_versions
from mediation.help_center.client.encoders import Encoder, EncoderUnavailable, Kind, encoder
from mediation.help_center.models import Lesson, Version
from mediation.help_center.queries.numbers import filled
from mediation.help_center.queries.outcomes import outcomes
from mediation.help_center.rules import markup
from mediation.help_center.rules.answering.confidence import CUT, CUT_WITHOUT_DATA, cut_from_outcomes, shipped
from mediation.help_center.rules.answering.engine import Answer, Engine
from mediation.help_center.rules.answering.grams import Grams
from mediation.help_center.rules.answering.library import Confirmed
from mediation.help_center.rules.answering.passages import Article, sentences
from mediation.help_center.rules.answering.space import Space

LOOKED_AFTER_SECONDS = 0.5
# Numbers of rows are given before they are committed: a lower one may be seen after a higher one.
LATE = 1_000
MEASURED_LANGUAGES = frozenset({"en"})
REFIT_AFTER = 20
MOST_KEPT = 50_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine says, and the words of the passage."""

    answer: Answer
    passage: str


@dataclass
class Index:
    """One language's engine in this process. Every use holds the lock: an engine is not safe for two threads."""

    language: str
    vectors: "KeptVectors"
    lock: RLock = field(default_factory=RLock)
    engine: Engine | None = None
    texts: dict[str, str] = field(default_factory=dict)
    learned: set[int] = field(default_factory=set)
    built_from: tuple[object, ...] = ()
    cut: float = CUT
    looked_at: float = 0.0
    since_refit: int = 0
    is_called: bool = False

    def ask(self, question: str, allowed: list[str]) -> Found:
        """Raises EncoderUnavailable."""
        with self.lock:
            self._be_up_to_date()
            assert self.engine is not None
            found = self.engine.answer(question, allowed=allowed, cut=self.cut)
            text = self.texts.get(found.article or "", "")
            return Found(found, sentences(text, found.piece) if text else "")

    def get_ready(self) -> None:
        """Build the engine beside what is going on, once; who asks before it is there waits for it."""
        if self.engine is None and not self.is_called:
            self.is_called = True
            Thread(target=self._build_first, name=f"answers in {self.language}", daemon=True).start()

    def _build_first(self) -> None:
        try:
            with self.lock:
                self._be_up_to_date()
        except EncoderUnavailable as silent:
            log.warning("The encoder of the help centre does not answer: %s", silent)
        finally:
            self.is_called = False
            connections.close_all()

    def _be_up_to_date(self) -> None:
        if self.engine is not None and time.monotonic() - self.looked_at < LOOKED_AFTER_SECONDS:
            return
        stands_on = self._stands_on()
        if self.engine is None or stands_on != self.built_from:
            self._build()
            self.built_from = stands_on
        else:
            self._learn()
        self.looked_at = time.monotonic()

    def _stands_on(self) -> tuple[object, ...]:
        """What an engine has to be built anew for."""
        published = Version.objects.filter(published_at__isnull=False)
        versions = published.aggregate(Max("published_at"), Count("pk"), Max("replaced_at"))
        taken_back = Lesson.objects.filter(taken_back_at__isnull=False).count()
        return (*versions.values(), taken_back)

    def _build(self) -> None:
        with translation.override(self.language):
            bodies = {
                version.article_id.hex: (version, markup.prose(filled(version.body)))
                for version in current_versions(self.language)
            }
        articles = [
            Article(key, version.title, body, tuple(version.phrasings)) for key, (version, body) in bodies.items()
        ]
        lessons = list(Lesson.objects.filter(taken_back_at__isnull=True).order_by("pk"))
        confirmed = [Confirmed(one.question, _key(one), one.weight) for one in lessons if one.fits and one.weight]
        given = shipped(self.vectors.encoder.name)
        general = np.array(given.general, np.float32) if given else np.zeros(self.vectors.encoder.size, np.float32)
        space = Space(self.vectors, Grams(), general)
        self.engine = Engine(space, articles, confirmed, given.confidence if given else None)
        for one in lessons:
            if not one.fits:
                self._take(one)
        self.texts = {key: body for key, (_, body) in bodies.items()}
        self.learned, self.since_refit = {one.pk for one in lessons}, 0
        self.cut = self._own_cut()

    def _learn(self) -> None:
        newest = max(self.learned, default=0)
        fresh = Lesson.objects.filter(pk__gt=newest - LATE, taken_back_at__isnull=True).order_by("pk")
        for one in fresh:
            if one.pk not in self.learned:
                self._take(one)
                self.learned.add(one.pk)
                self.since_refit += 1
        if self.since_refit >= REFIT_AFTER and self.engine is not None:
            self.engine.refit()
            self.since_refit = 0
            self.cut = self._own_cut()

    def _take(self, lesson: Lesson) -> None:
        key = _key(lesson)
        if self.engine is None or (key is not None and key not in self.engine.library.number_of):
            return
        if lesson.fits and lesson.weight:
            self.engine.confirm(lesson.question, key, lesson.weight)
        elif key is not None:
            self.engine.refute(lesson.question, key, lesson.weight)

    def _own_cut(self) -> float:
        """From what people of this language said of answers, once they are enough; until then as shipped."""
        own = cut_from_outcomes(outcomes(self.language))
        if own is not None:
            return own
        return CUT if self.language in MEASURED_LANGUAGES else CUT_WITHOUT_DATA


def _key(lesson: Lesson) -> str | None:
    return lesson.article_id.hex if lesson.article_id else None


class KeptVectors:
    """What was encoded stays (a kilobyte a text, up to `MOST_KEPT`): an engine that is built anew encodes what is new.

    Called like `Encoder.encode`. Questions are not kept by what people ask, only by what engines are built from.
    """

    def __init__(self, encodes: Encoder) -> None:
        self.encoder, self._lock = encodes, Lock()
        self._rows: dict[tuple[str, str], np.ndarray] = {}

    def __call__(self, texts: list[str], kind: Kind) -> np.ndarray:
        if len(texts) == 1 and kind == "question":
            return self.encoder.encode(texts, kind)
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if (kind, text) not in self._rows]
            found = dict(zip(new, self.encoder.encode(new, kind).astype(np.float16), strict=True))
            rows = np.zeros((len(texts), self.encoder.size), np.float32)
            for place, text in enumerate(texts):
                rows[place] = found[text] if text in found else self._rows[kind, text]
            for text in new[: max(0, MOST_KEPT - len(self._rows))]:
                self._rows[kind, text] = found[text]
        return rows


@cache
def _vectors(name: str, token: str) -> KeptVectors:
    return KeptVectors(encoder(name, token))


@cache
def _index(language: str, name: str, token: str) -> Index:
    return Index(language, _vectors(name, token))


def index(language: str) -> Index:
    """This process's, for one of the site's languages."""
    return _index(language, settings.HELP_ENCODER, settings.HELP_ENCODER_TOKEN)


def forget() -> None:
    """The next question builds anew; for tests, whose tables go back."""
    _index.cache_clear()
