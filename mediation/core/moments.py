"""A moment written out, for whoever reads it later or elsewhere: in the active language and zone, with its year."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import pgettext


def written(at: datetime) -> str:
    """Day and time: "Wed 19 Nov 2026, 17:00"."""
    return date_format(timezone.localtime(at), pgettext("date format, day and time of another year", "D j M Y, H:i"))
