"""`manage.py zendesk_standin`: a Zendesk of our own, until Ctrl-C."""

import os
import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from mediation.zendesk.standin.postman import Postman
from mediation.zendesk.standin.server import make_server
from mediation.zendesk.standin.switches import Switches
from mediation.zendesk.standin.world import World

# Listens on this machine alone: it trusts whoever reaches it.
HOST = "127.0.0.1"


SECRETS = {"client_secret": "ZENDESK_CLIENT_SECRET", "webhook_secret": "ZENDESK_WEBHOOK_SECRET"}


def _secrets() -> dict[str, str]:
    """Those of the product's own settings, if it has some. They are no options: whoever lists the programs of a machine
    reads those.
    """
    usual = Switches()
    return {name: os.environ.get(given) or getattr(usual, name) for name, given in SECRETS.items()}


class Command(BaseCommand):
    help = "Starts a server that speaks Zendesk's protocol, with a page to answer as an agent. For trying and testing."
    requires_system_checks = []  # it uses nothing of the product, not even the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = Switches()
        parser.add_argument("--port", type=int, default=8001, help="0 takes any free one")
        parser.add_argument("--state", type=Path, help="a file that keeps tickets and people over a restart")
        parser.add_argument("--client-id", default=usual.client_id)
        parser.add_argument("--webhook-to", default="", help="the address that is told of changes")
        parser.add_argument("--webhook-id", default=usual.webhook_id)
        parser.add_argument("--account-id", type=int, default=usual.account_id)

    def handle(self, *args: Any, port: int, state: Path | None, **options: Any) -> None:
        names = ("client_id", "webhook_to", "webhook_id", "account_id")
        try:
            world = World(state=state, switches={name: options[name] for name in names} | _secrets())
            server = make_server(world, host=HOST, port=port)
        except (OSError, ValueError) as trouble:
            raise CommandError(f"The stand-in cannot start: {trouble}") from None
        postman = Postman(world)
        for number in (signal.SIGINT, signal.SIGTERM):
            # From a thread of its own: `shutdown` waits for the loop that this very thread runs.
            signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
        postman.start()
        self.stdout.write(f"Zendesk stand-in: {world.address}")
        self.stdout.flush()
        server.serve_forever(poll_interval=0.05)
        server.server_close()
        postman.stop()
