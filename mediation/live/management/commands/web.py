"""Serves pages, API and sockets."""

from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from mediation.live.loop import use_uvloop

# After a restart everybody comes back at once; beyond Twisted's 50, TCP would try again later and later.
BACKLOG = 2048


class Command(BaseCommand):
    help = "Serve pages, API and sockets on one address until SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--unix", help="serve on this unix socket instead of host and port")

    def handle(self, *args: Any, **options: Any) -> None:
        use_uvloop()
        from mediation.live.server import serve  # makes Twisted's reactor, on a loop of the policy just set

        unix = options["unix"]
        where = unix or f"http://{options['host']}:{options['port']}"
        endpoints = build_endpoint_description_strings(
            host=None if unix else options["host"], port=None if unix else options["port"], unix_socket=unix
        )
        endpoints = [f"{endpoint}:backlog={BACKLOG}" for endpoint in endpoints]
        serve(import_string(settings.ASGI_APPLICATION), endpoints, lambda: self.stdout.write(f"Serving {where}"))
