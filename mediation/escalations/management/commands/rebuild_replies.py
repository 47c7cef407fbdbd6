"""Count the clock of every reply anew from its facts, and say which rows said something else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.escalations.actions.clock import drifted, rebuild
from mediation.escalations.models import Case


class Command(BaseCommand):
    help = "Counts the clock of every reply anew from its facts; --check only compares and fails if one differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        found = list(drifted())
        for case in found:
            self.stdout.write(f"{case.pk} differs from its facts")
            if not check:
                rebuild(case_id=case.pk)
        if found and check:
            raise CommandError(f"{len(found)} of {Case.objects.count()} replies differ.")
        self.stdout.write(f"{Case.objects.count()} replies, {len(found)} {'differ' if check else 'rebuilt'}.")
