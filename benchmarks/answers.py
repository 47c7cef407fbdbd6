"""Times question → answer in a large help centre: `python -m benchmarks.answers --articles 10000 --confirmed 100000`.

One core. Questions go through the shipped encoder; what they are compared with has vectors that were drawn, since what
an answer costs does not depend on what the vectors say, and to encode so many texts takes longer than everything else.
"""

import argparse
import os
import random
import resource
import time
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import numpy as np  # noqa: E402  (it reads the number of threads when it is loaded)

from benchmarks.meter import core  # noqa: E402
from benchmarks.prose import bodies  # noqa: E402
from benchmarks.report import percentile  # noqa: E402
from mediation.help_center.client.encoders import Multilingual  # noqa: E402
from mediation.help_center.rules.answering.confidence import shipped  # noqa: E402
from mediation.help_center.rules.answering.engine import Engine  # noqa: E402
from mediation.help_center.rules.answering.grams import Grams  # noqa: E402
from mediation.help_center.rules.answering.library import Confirmed  # noqa: E402
from mediation.help_center.rules.answering.passages import Article  # noqa: E402
from mediation.help_center.rules.answering.space import Kind, Space  # noqa: E402

TITLE, BODY, QUESTION = 50, 1_200, 60  # characters


class Drawn:
    """`encode` of a corpus: unit rows that are drawn; a single question is encoded for real."""

    def __init__(self) -> None:
        self.real, self.chance = Multilingual(), np.random.default_rng(1)

    def __call__(self, texts: list[str], kind: Kind) -> np.ndarray:
        if len(texts) == 1:
            return self.real.encode(texts, kind)
        rows = self.chance.standard_normal((len(texts), self.real.size), np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def build(articles: int, confirmed: int) -> Engine:
    """An engine that knows so much."""
    chance = random.Random(1)
    titles, texts = bodies(articles, size=TITLE, seed=1), bodies(articles, size=BODY, seed=2)
    known = [Article(str(n), title, text) for n, (title, text) in enumerate(zip(titles, texts, strict=True))]
    asked = bodies(confirmed, size=QUESTION, seed=3)
    given = shipped("multilingual")
    if given is None:
        raise SystemExit("Nothing is shipped for this encoder.")
    space = Space(Drawn(), Grams(), np.array(given.general, np.float32))
    lessons = [Confirmed(text, str(chance.randrange(articles))) for text in asked]
    return Engine(space, known, lessons, given.confidence)


def resident() -> int:
    """Megabytes of this process now."""
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=10_000)
    options.add_argument("--confirmed", type=int, default=100_000)
    options.add_argument("--questions", type=int, default=400)
    given = options.parse_args()
    began = time.process_time()
    engine = build(given.articles, given.confirmed)
    print(f"built in {time.process_time() - began:.0f} CPU-s; {resident()} MB, of which numpy's and Python's own 60")
    asked = bodies(given.questions, size=QUESTION, seed=4)
    allowed = engine.library.keys
    engine.answer(asked[0], allowed=allowed)  # the encoder is loaded by its first text
    print(
        f"with the encoder {resident()} MB; at the most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )
    for name, act in (
        ("answer", lambda text: engine.answer(text, allowed=allowed)),
        ("confirmation", lambda text: engine.confirm(text, allowed[0])),
        ("refutation", lambda text: engine.refute(text, allowed[0])),
    ):
        spent = []
        for text in asked:
            start = time.process_time()
            act(text)
            spent.append(1000 * (time.process_time() - start))
        parts = ", ".join(f"p{percent} {percentile(spent, percent):.1f}" for percent in (50, 95, 99))
        print(f"{name}: {parts} CPU-ms")
    print(core())


if __name__ == "__main__":
    main()
