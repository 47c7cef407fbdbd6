"""The program: Django's own handler on its threaded server, with addresses and middleware of the stand-in alone."""

import contextlib
import socket
from typing import Any, cast

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from mediation.zendesk.standin.world import World

_PACKAGE = "mediation.zendesk.standin"


class Handler(WSGIRequestHandler):
    """Says nothing on the terminal, and lets a fault cut the connection."""

    # An answer is two writes; without this, keeping the connection costs 40 ms a request.
    disable_nagle_algorithm = True

    server: "Server"

    def get_environ(self) -> dict[str, Any]:
        return {**super().get_environ(), "standin.cut": self.cut, "standin.world": self.server.world}

    def cut(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):  # whoever asked may be gone already
            cast(socket.socket, self.request).shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Server(ThreadedWSGIServer):
    daemon_threads = True
    request_queue_size = 128
    world: World

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that was cut on purpose ends in an error of its thread, which is no news."""


def make_server(world: World, *, host: str, port: int) -> Server:
    """Bound, with `world.address` set. Settings are those of this process only. Raises OSError for a taken port."""
    settings.ROOT_URLCONF = f"{_PACKAGE}.doors.urls"
    settings.MIDDLEWARE = [f"{_PACKAGE}.doors.front.front", "django.middleware.csrf.CsrfViewMiddleware"]
    # Cookies know no ports: with Django's name it would take the place of the product's beside it.
    settings.CSRF_COOKIE_NAME = "zendesk_standin_csrf"
    settings.CSRF_TRUSTED_ORIGINS = []
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    server = Server((host, port), Handler)
    server.set_app(WSGIHandler())
    server.world = world
    world.address = f"http://{host}:{server.server_address[1]}"
    return server
