"""What an engine is worth on labelled questions: right at first, answered at a share of wrong ones, the learning curve.

A set is `articles [{id, title, body}]` and lists of `[question, article id or null]`; null is out of scope.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mediation.help_center.rules.answering.confidence import (
    CUT,
    MOST_WRONG,
    OUTCOMES,
    Confidence,
    cut_from_outcomes,
    fitted_confidence,
)
from mediation.help_center.rules.answering.engine import Engine
from mediation.help_center.rules.answering.library import Confirmed
from mediation.help_center.rules.answering.passages import Article
from mediation.help_center.rules.answering.refusals import Silence

Labelled = tuple[str, str | None]


@dataclass(frozen=True)
class QuestionSet:
    """`train` is what people confirm; `test` and `outside` (no article fits) are asked."""

    name: str
    articles: tuple[Article, ...]
    train: tuple[Labelled, ...]
    test: tuple[Labelled, ...]
    outside: tuple[str, ...] = ()


class BadSet(ValueError):
    """The file is no set of labelled questions; says what is missing."""


def question_set(found: object, *, train: str = "train", test: str = "test") -> QuestionSet:
    """From the shared format; the lists may have other names (`valid_en`, `test_nl`)."""
    if not isinstance(found, dict) or not isinstance(found.get("articles"), list):
        raise BadSet("The file needs “articles”: a list of {id, title, body}.")
    for name in (train, test):
        if not isinstance(found.get(name), list):
            lists = ", ".join(key for key, part in found.items() if isinstance(part, list) and key != "articles")
            raise BadSet(f"The file has no list “{name}”; it has: {lists}.")
    try:
        articles = tuple(
            Article(str(one["id"]), str(one["title"]), str(one.get("body", "")), tuple(one.get("phrasings", ())))
            for one in found["articles"]
        )
        labelled = {name: [(str(text), key) for text, key in found[name]] for name in (train, test)}
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadSet("Articles are {id, title, body}; questions are [text, article id or null].") from wrong
    known = {article.key for article in articles}
    asked = [one for one in labelled[test] if one[1] in known]
    outside = [text for text, key in labelled[test] if key is None]
    if test == "test":
        outside += [text for text, _ in found.get("ood_test", ())]
    kept = [one for one in labelled[train] if one[1] in known or one[1] is None]
    return QuestionSet(str(found.get("name", "")), articles, tuple(kept), tuple(asked), tuple(outside))


def some_of_each(train: Sequence[Labelled], count: int | None, seed: int = 1) -> list[Confirmed]:
    """`count` questions for each article, by chance but always the same ones; None: all."""
    mixed = list(train)
    random.Random(seed).shuffle(mixed)  # noqa: S311 (the same chance every time)
    taken: Counter[str | None] = Counter()
    chosen = []
    for text, key in mixed:
        taken[key] += 1
        if count is None or taken[key] <= count:
            chosen.append(Confirmed(text, key))
    return chosen


@dataclass(frozen=True)
class Judged:
    """One question asked: what was first, how sure, and whether it was right (never, if no article fits)."""

    features: np.ndarray
    confidence: float
    right: bool
    outside: bool


@dataclass(frozen=True)
class Figures:
    """Shares of questions. `coverage`: answerable with at most `MOST_WRONG` of it wrong; the rest is at the cut."""

    asked: int
    accuracy: float
    coverage: float
    answered: float
    wrong: float
    outside_answered: float | None


def judged(engine: Engine, test: Sequence[Labelled], outside: Sequence[str] = ()) -> Iterator[Judged]:
    for text, key in [*test, *((text, None) for text in outside)]:
        ranked = engine.rank(text)
        if ranked is None:
            continue
        sure = engine.confidence.of(ranked.features) if engine.confidence else float(ranked.shares[0])
        if ranked.nothing > ranked.shares[0]:
            sure = 0.0
        first = engine.library.keys[ranked.numbers[0]]
        yield Judged(ranked.features, sure, first == key, key is None)


def figures(found: Sequence[Judged], cut: float = CUT) -> Figures:
    inside = [one for one in found if not one.outside]
    beyond = [one for one in found if one.outside]
    shown = [one for one in found if one.confidence >= cut]
    return Figures(
        len(found),
        float(np.mean([one.right for one in inside])),
        coverage([(one.confidence, one.right) for one in inside]),
        len(shown) / len(found),
        sum(not one.right for one in shown) / max(len(shown), 1),
        float(np.mean([one.confidence >= cut for one in beyond])) if beyond else None,
    )


def coverage(found: Sequence[tuple[float, bool]], most_wrong: float = MOST_WRONG) -> float:
    """The largest share that can be answered, the surest first, with at most `most_wrong` of it wrong."""
    wrong, best = 0, 0
    for count, (_, right) in enumerate(sorted(found, key=lambda one: -one[0]), start=1):
        wrong += not right
        if wrong <= most_wrong * count:
            best = count
    return best / len(found) if found else 0.0


@dataclass(frozen=True)
class Stretch:
    """Some hundred questions of a stream: shares answered right, wrong (of those answered)."""

    until: int
    right: float
    wrong: float


def stream(
    engine: Engine, questions: Sequence[Labelled], *, stretch: int = 400, refit_every: int = 500,
    cut: float = CUT, told: Callable[[int], bool] = lambda _: True,
) -> list[Stretch]:  # fmt: skip
    """Every question is asked first and learned from afterwards, where somebody said the answer (`told`). At each refit
    the cut follows the newest outcomes, once they are enough, as in the product.
    """
    stretches: list[Stretch] = []
    outcomes: list[tuple[float, bool]] = []
    right = wrong = 0
    for number, (text, key) in enumerate(questions, start=1):
        answer = engine.answer(text, cut=cut)
        if told(number) and answer.silence in (None, Silence.NOT_SURE):
            first = answer.article or next(iter(answer.proposed), None)
            outcomes.append((answer.confidence, first is not None and first == key))
        right += answer.article is not None and answer.article == key
        wrong += answer.article is not None and answer.article != key
        if told(number):
            engine.confirm(text, key)
        if number % refit_every == 0:
            engine.refit()
            cut = cut_from_outcomes(outcomes[-OUTCOMES:]) or cut
        if number % stretch == 0 or number == len(questions):
            count = number - (stretches[-1].until if stretches else 0)
            stretches.append(Stretch(number, right / count, wrong / max(right + wrong, 1)))
            right = wrong = 0
    return stretches


def mixed_stream(
    questions: Sequence[Labelled], outside: Sequence[str], count: int, share: float = 0.15
) -> list[Labelled]:
    """`count` questions in chance order of which `share` are out of scope (repeated by need), always the same ones."""
    chance = random.Random(7)  # noqa: S311 (the same chance every time)
    off = min(round(count * share), count) if outside else 0
    inside = chance.sample(list(questions), min(count - off, len(questions)))
    mixed: list[Labelled] = (
        [*inside, *((text, None) for text in chance.choices(list(outside), k=off))] if off else inside
    )
    chance.shuffle(mixed)
    return mixed


CALIBRATION_COUNTS = (0, 2, 5, 20)
CALIBRATION_ASKED, CALIBRATION_DROPPED = 700, 4


def calibration_runs(
    found: QuestionSet, engine_of: Callable[[Sequence[Article], Sequence[Confirmed]], Engine]
) -> Iterator[list[Judged]]:
    """Asks a part of `train` that was not confirmed, with every article and with a quarter of them missing.

    The lists to be tested on are never looked at, so that what is measured later is honest.
    """
    mixed = list(found.train)
    random.Random(3).shuffle(mixed)  # noqa: S311 (the same chance every time)
    asked, rest = mixed[:CALIBRATION_ASKED], mixed[CALIBRATION_ASKED:]
    for dropped in (False, True):
        articles = [one for place, one in enumerate(found.articles) if not dropped or place % CALIBRATION_DROPPED]
        keys = {one.key for one in articles}
        inside = [one for one in asked if one[1] in keys]
        beyond = [text for text, key in asked if key not in keys]
        for count in CALIBRATION_COUNTS:
            confirmed = [one for one in some_of_each(rest, count) if one.article in keys]
            yield list(judged(engine_of(articles, confirmed), inside, beyond))


def calibrated(runs: Sequence[Sequence[Judged]]) -> Confidence:
    """Coefficients from several runs, each of which counts the same however many questions it asked."""
    features = np.array([one.features for run in runs for one in run])
    right = np.array([float(one.right) for run in runs for one in run])
    counts = np.array([CALIBRATION_ASKED / len(run) for run in runs for _ in run])
    return fitted_confidence(features, right, counts)
