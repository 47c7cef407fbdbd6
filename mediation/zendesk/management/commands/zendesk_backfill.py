"""`manage.py zendesk_backfill`: tickets for the cases that were open before Zendesk was set up."""

import time
from typing import Any

from django.core.management import BaseCommand, CommandError

from mediation.core import clock
from mediation.zendesk import client
from mediation.zendesk.actions import asking, backfilling
from mediation.zendesk.actions.asking import Wait

LONGEST_PAUSE_SECONDS = 60.0


class Command(BaseCommand):
    help = "Imports open cases that have no ticket into Zendesk. Stopped and started again, it goes on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not asking.is_on():
            raise CommandError("There is no Zendesk: set ZENDESK_URL and the settings beside it.")
        total = 0
        while True:
            try:
                sent = backfilling.backfill()
            except Wait as wait:
                pause = min(max((wait.until - clock.now()).total_seconds(), 1.0), LONGEST_PAUSE_SECONDS)
                self.stdout.write(f"Zendesk cannot be asked now ({wait.code}); once more in {pause:.0f} s.")
                time.sleep(pause)
                continue
            except client.Trouble as trouble:
                raise CommandError(
                    f"Zendesk refused ({trouble.code}). What was sent is looked for by itself."
                ) from None
            if not sent:
                break
            total += sent
        self.stdout.write(f"{total} cases were sent. The worker settles what became of each.")
