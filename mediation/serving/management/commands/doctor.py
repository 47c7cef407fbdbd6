"""`manage.py doctor`: look at the product through its public address, socket included, and say what is wrong."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from mediation.serving.diagnosis import examine


class Command(BaseCommand):
    help = "Opens a page and a socket through the public address and says what is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default=settings.PUBLIC_URL, help="another address than PUBLIC_URL")

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        ill = 0
        for note in examine(url.rstrip("/")):
            if note.ok:
                self.stdout.write(f"  well   {note.says}")
                continue
            ill += 1
            self.stdout.write(self.style.ERROR(f"  WRONG  {note.says}"))
            if note.remedy:
                self.stdout.write(f"         {note.remedy}")
        if ill:
            raise CommandError(f"{ill} of the things looked at are wrong.")
        self.stdout.write(self.style.SUCCESS("All is well."))
