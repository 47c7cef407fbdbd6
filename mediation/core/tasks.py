"""The pulse that `/readyz` feels."""

from typing import Any

from celery import shared_task
from celery.signals import beat_init, before_task_publish, worker_ready

from mediation.core import pulse


@shared_task(name="mediation.core.tasks.show_pulse", expires=pulse.OLD_AFTER_SECONDS)
def show_pulse() -> None:
    pulse.mark("worker")


@before_task_publish.connect(sender="mediation.core.tasks.show_pulse", weak=False)
def _beat_sends(**kwargs: Any) -> None:
    pulse.mark("beat")


@beat_init.connect(weak=False)
def _beat_starts(**kwargs: Any) -> None:
    pulse.mark("beat")


@worker_ready.connect(weak=False)
def _worker_starts(**kwargs: Any) -> None:
    pulse.mark("worker")
