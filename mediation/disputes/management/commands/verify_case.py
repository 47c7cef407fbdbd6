"""`manage.py verify_case`: does a case file hold? Exit code 0 if it does, 1 if it was changed."""

from argparse import ArgumentTypeError
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.disputes.models import Dispute
from mediation.disputes.queries import chains
from mediation.disputes.rules import casefile


def _case(text: str) -> int | UUID:
    try:
        return int(text) if text.isdecimal() else UUID(text)
    except ValueError as wrong:
        raise ArgumentTypeError("give the number of a case or its id") from wrong


class Command(BaseCommand):
    help = "Checks the hash chains of a case, of an exported case file, or of all cases, and names the first break."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("case", nargs="?", type=_case, help="The number of a case, or its id.")
        what.add_argument("--file", type=Path, help="A case file as JSON, wherever it came from.")
        what.add_argument("--all", action="store_true", help="Every case there is.")

    def handle(self, *args: Any, case: int | UUID | None, file: Path | None, **options: Any) -> None:
        if file is not None:
            self._check_file(file)
            return
        cases = Dispute.objects.order_by("created_at", "pk")
        if case is not None:
            cases = cases.filter(number=case) if isinstance(case, int) else cases.filter(pk=case)
        count = self._check(cases.iterator(chunk_size=200))
        if case is not None and not count:
            raise CommandError("There is no such case.", returncode=2)
        self.stdout.write(f"{count} checked, all of them hold." if count != 1 else "The case file holds.")

    def _check(self, cases: Iterable[Dispute]) -> int:
        count, broken = 0, 0
        for dispute in cases:
            count += 1
            first = next(chains.breaks(dispute), None)
            if first is not None:
                broken += 1
                self.stderr.write(f"{dispute.number or dispute.pk}: {first}")
        if broken:
            raise CommandError(f"{broken} of {count} do not hold.")
        return count

    def _check_file(self, path: Path) -> None:
        try:
            document = casefile.read(path.read_bytes())
            broken = casefile.find_file_break(document)
        except (OSError, casefile.Unreadable) as wrong:
            raise CommandError(f"{path.name}: {wrong}", returncode=2) from wrong
        if broken is not None:
            raise CommandError(f"{path.name}: {broken}")
        for audience, (number, hash_) in casefile.heads(document).items():
            self.stdout.write(f"{audience}: {number} entries, head {hash_}")
        self.stdout.write("The case file holds.")
