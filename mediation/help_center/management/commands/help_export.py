"""`manage.py help_export`: what is published, as a folder of Markdown files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.help_center.actions import folders


class Command(BaseCommand):
    help = "Writes every published article as a Markdown file that help_import reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            self.stdout.write(f"{folders.export_folder(folder)} files written.")
        except OSError as problem:
            raise CommandError(f"Cannot write to {folder}: {problem.strerror}. Name another folder.") from problem
