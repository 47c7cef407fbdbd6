"""Settings, entry points and wiring. Nothing imports this package; it imports everything.

The Celery application is loaded here so that `@shared_task` binds to it in every process, and so are the checks,
which register themselves.
"""

from mediation.config import checks
from mediation.config.celery import app as celery_app

__all__ = ["celery_app", "checks"]
