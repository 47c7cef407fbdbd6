"""The ASGI entry point: HTTP to Django, sockets to `mediation.live`."""

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.config.settings")

from django.core.asgi import get_asgi_application

http = get_asgi_application()

from mediation.live.asgi import application_for

application = application_for(cast(Any, http))
