"""`manage.py help_evaluate FILE`: what the answering engine is worth on labelled questions in the shared format."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from mediation.help_center.client.encoders import encoder
from mediation.help_center.rules.answering import measuring
from mediation.help_center.rules.answering.confidence import shipped
from mediation.help_center.rules.answering.engine import Engine
from mediation.help_center.rules.answering.grams import Grams
from mediation.help_center.rules.answering.library import Confirmed
from mediation.help_center.rules.answering.space import Space

ROW = "{:>12} {:>7} {:>9} {:>14} {:>9} {:>7} {:>9}"


class Command(BaseCommand):
    help = "Measures the answering engine on a file of labelled questions; changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="JSON: articles [{id, title, body}], train and test [[question, id]]"
        )
        parser.add_argument("--cold", action="store_true", help="only without confirmed questions")
        parser.add_argument("--confirmed", default="5,20,all", help="how many for each article: 5,20,all")
        parser.add_argument("--stream", type=int, default=0, help="questions asked one after the other, learning")
        parser.add_argument("--train", default="train", help="the list people confirm")
        parser.add_argument("--test", default="test", help="the list that is asked")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = json.loads(options["file"].read_text())
            known = measuring.question_set(found, train=options["train"], test=options["test"])
            counts = [0] if options["cold"] else [0, *map(_count, options["confirmed"].split(","))]
        except (OSError, ValueError) as wrong:
            raise CommandError(f"{options['file']} could not be used: {wrong}") from wrong
        self.stdout.write(ROW.format("confirmed", "asked", "right", "at 5 % wrong", "answered", "wrong", "outside"))
        for count in counts:
            engine = _engine(known, measuring.some_of_each(known.train, count) if count != 0 else [])
            self._row(count, measuring.figures(list(measuring.judged(engine, known.test, known.outside))))
        if options["stream"]:
            self._stream(known, options["stream"])

    def _row(self, count: int | None, found: measuring.Figures) -> None:
        beyond = "" if found.outside_answered is None else f"{found.outside_answered:.3f}"
        parts = [f"{part:.3f}" for part in (found.accuracy, found.coverage, found.answered, found.wrong)]
        self.stdout.write(ROW.format("all" if count is None else count, found.asked, *parts, beyond))

    def _stream(self, known: measuring.QuestionSet, count: int) -> None:
        asked = measuring.mixed_stream(known.train, known.outside, count)
        for stretch in measuring.stream(_engine(known, []), asked):
            self.stdout.write(f"until {stretch.until}: {stretch.right:.3f} answered right, {stretch.wrong:.3f} wrong")


def _count(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isdecimal():
        raise ValueError("--confirmed takes numbers and “all”, with commas: 5,20,all")
    return int(text)


def _engine(known: measuring.QuestionSet, confirmed: Sequence[Confirmed]) -> Engine:
    encodes = encoder()
    given = shipped(encodes.name)
    general = np.array(given.general, np.float32) if given else np.zeros(encodes.size, np.float32)
    space = Space(encodes.encode, Grams(), general)
    return Engine(space, known.articles, confirmed, given.confidence if given else None)
