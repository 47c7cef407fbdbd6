"""`manage.py workflow_diagram`: the workflow as Mermaid, or with `--write` into mediation/README.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.disputes.rules import diagram

BEGIN, END = "<!-- workflow: manage.py workflow_diagram --write -->", "<!-- /workflow -->"


def readme() -> Path:
    """The file that shows the diagram."""
    return Path(settings.BASE_DIR) / "mediation" / "README.md"


def with_diagram(text: str) -> str:
    """The text with the diagram as it is now. Raises ValueError where the markers are missing."""
    before, found, rest = text.partition(BEGIN)
    _old, closed, after = rest.partition(END)
    if not (found and closed):
        raise ValueError("the markers of the diagram are missing")
    return f"{before}{BEGIN}\n```mermaid\n{diagram.mermaid()}\n```\n{END}{after}"


class Command(BaseCommand):
    help = "Prints the workflow as a Mermaid diagram, made from the one table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="Write it into mediation/README.md.")

    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        if not write:
            self.stdout.write(diagram.mermaid())
            return
        try:
            readme().write_text(with_diagram(readme().read_text()))
        except (OSError, ValueError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write("mediation/README.md shows the workflow as it is.")
