"""What conversations do by the clock."""

from celery import shared_task

from mediation.conversations.actions import files


@shared_task(name="mediation.conversations.tasks.erase_abandoned_uploads")
def erase_abandoned_uploads() -> int:
    """Erase files that were uploaded and never sent."""
    return files.erase_abandoned_uploads()
