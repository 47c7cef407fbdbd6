"""HTTP and sockets, wired as Channels' own tutorial does it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.plain.settings")

from django.core.asgi import get_asgi_application

http = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402  (apps must be loaded first)
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import path  # noqa: E402

from benchmarks.plain.chat.consumers import RoomConsumer  # noqa: E402

sockets = URLRouter([path("ws/rooms/<int:room_id>/", RoomConsumer.as_asgi())])
application = ProtocolTypeRouter({"http": http, "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(sockets))})
