"""The Celery application and its beat table. Deadlines are rows with `due_at`; beat only knocks."""

import os
import warnings

from celery import Celery
from celery.platforms import SecurityWarning

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.config.settings")

if os.environ.get("C_FORCE_ROOT"):
    # Whoever says that the worker may be root has been warned.
    warnings.simplefilter("ignore", SecurityWarning)

app = Celery("parley")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
