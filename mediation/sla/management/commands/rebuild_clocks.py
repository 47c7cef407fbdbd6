"""Count every clock anew from its facts, and say which rows said something else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.sla.actions.rebuilding import drifted, rebuild
from mediation.sla.models import Clock


class Command(BaseCommand):
    help = "Counts every clock anew from its facts; --check only compares and fails if one differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        found = list(drifted())
        for clock in found:
            self.stdout.write(f"{clock.pk} {clock.metric} differs from its facts")
            if not check:
                rebuild(clock=clock)
        if found and check:
            raise CommandError(f"{len(found)} of {Clock.objects.count()} clocks differ.")
        self.stdout.write(f"{Clock.objects.count()} clocks, {len(found)} {'differ' if check else 'rebuilt'}.")
