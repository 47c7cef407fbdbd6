"""`manage.py add_reasons`: the reasons of cases that a house begins with."""

from typing import Any

from django.core.management.base import BaseCommand

from mediation.desk.actions import reasons


class Command(BaseCommand):
    help = "Adds the standard reasons of cases that are not there; what was changed stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reasons.add_defaults()} reasons added.")
