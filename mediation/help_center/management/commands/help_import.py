"""`manage.py help_import`: articles from a folder of Markdown files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.help_center.actions import folders
from mediation.help_center.errors import AddressTaken


class Command(BaseCommand):
    help = "Brings the help centre to what a folder of Markdown files says. All of it, or with an error nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=folders.OURS, help="Default: the product's own.")
        parser.add_argument("--dry-run", action="store_true", help="Only look and say what is wrong.")
        parser.add_argument("--only-new", action="store_true", help="Leave articles that are there as they are.")

    def handle(self, *args: Any, folder: Path, dry_run: bool, only_new: bool, **options: Any) -> None:
        found = folders.read_folder(folder)
        if found.faults:
            raise CommandError("\n".join(["Nothing was imported:", *found.faults]))
        if dry_run:
            self.stdout.write(f"{len(found.pages)} articles can be imported.")
            return
        try:
            counts = folders.import_folder(found, only_new=only_new)
        except AddressTaken as taken:
            raise CommandError(f"Nothing was imported: {taken.message} ({taken.detail['article']})") from taken
        self.stdout.write(f"{counts['new']} new, {counts['changed']} changed, {counts['same']} as they were.")
