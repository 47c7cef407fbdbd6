"""The worker's side of the help centre: beat knocks."""

import logging

from celery import shared_task

from mediation.help_center.actions import gaps
from mediation.help_center.client.encoders import EncoderUnavailable

log = logging.getLogger(__name__)


@shared_task(name="mediation.help_center.tasks.find_gaps")
def find_gaps() -> int:
    """What people asked and no article answered, as topics. Returns how many wait for a decision."""
    try:
        return gaps.find_gaps()
    except EncoderUnavailable as away:
        log.warning("gaps were not looked for: %s", away)
        return 0
