"""Beat knocks only on doors that exist."""

from celery import current_app
from django.conf import settings


def test_every_task_of_the_beat_table_is_known_to_the_worker() -> None:
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - set(current_app.tasks) == set()


def test_a_knock_that_was_missed_is_not_caught_up_with() -> None:
    late = [name for name, entry in settings.CELERY_BEAT_SCHEDULE.items() if "expires" not in entry.get("options", {})]
    assert late == [], "a worker that was away must not find a heap of the same knock"
