"""`manage.py add_rules`: the triggers and automations that a house begins with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from mediation.desk.actions import default_rules


class Command(BaseCommand):
    help = "Adds the standard triggers and automations that are not there; what was changed stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=codes, default=settings.LANGUAGE_CODE, help="of their names")

    def handle(self, *args: Any, language: str = settings.LANGUAGE_CODE, **options: Any) -> None:
        self.stdout.write(f"{default_rules.add_defaults(language=language)} rules added.")
