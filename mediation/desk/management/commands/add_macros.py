"""`manage.py add_macros`: the macros that a house begins with."""

from typing import Any

from django.core.management.base import BaseCommand

from mediation.desk.actions import macros


class Command(BaseCommand):
    help = "Adds the standard macros that are not there; what was changed stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{macros.add_defaults()} macros added.")
