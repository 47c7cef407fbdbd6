"""The ASGI entry point: HTTP to Django, sockets to `mediation.live`."""

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.config.settings")

import django

django.setup(set_prefix=False)

from mediation.core.handler import OneVisitHandler
from mediation.live.asgi import application_for

application = application_for(cast(Any, OneVisitHandler()))
