"""`manage.py seed_demo`: people, contracts and conversations to look at. Never for production."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mediation.web.demo.people import PASSWORD, SIGN_INS
from mediation.web.demo.seed import seed


class Command(BaseCommand):
    help = "Fills the database with demo data; a second run changes nothing. Prints how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="Only print how to sign in.")

    def handle(self, *args: Any, sign_ins: bool, verbosity: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo accounts have a public password: they are not for production.")
        if not sign_ins:
            count = seed()
            if verbosity:
                self.stdout.write(f"{count} new rooms." if count else "The demo data are there already.")
        if sign_ins or verbosity:
            self.say_sign_ins()

    def say_sign_ins(self) -> None:
        width = max(len(email) for email, _ in SIGN_INS)
        self.stdout.write(f"Sign in with one of these and the password {PASSWORD}")
        for email, who in SIGN_INS:
            self.stdout.write(f"  {email:<{width}}  {who}")
