"""Write the desk's rows anew from the cases and their clocks, and say which said something else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.desk.actions.handling import begin_missing
from mediation.desk.actions.rows import refresh
from mediation.desk.models import QueueRow
from mediation.desk.queries.rows import differing


class Command(BaseCommand):
    help = (
        "Writes the desk's rows anew from the cases and their clocks; --check only compares and fails if one differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        begun = 0 if check else begin_missing()
        found = list(differing())
        for key in found:
            self.stdout.write(f"{key} differs from its case")
            if not check:
                refresh([key])
        if found and check:
            raise CommandError(f"{len(found)} rows differ from their cases.")
        self.stdout.write(f"{QueueRow.objects.count()} rows, {len(found)} rebuilt, {begun} cases begun.")
