"""Moments as a reader sees them: in their zone and language, and as short as the distance allows."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import pgettext

WEEK_DAYS = 7


def clock(at: datetime) -> str:
    """Hours and minutes: "14:36"."""
    return date_format(timezone.localtime(at), pgettext("time format", "H:i"))


def day(at: datetime) -> str:
    """The whole day: "Monday 17 November", with the year when it is not this one."""
    local = timezone.localtime(at)
    if local.year == timezone.localtime().year:
        return date_format(local, pgettext("date format, whole day", "l j F"))
    return date_format(local, pgettext("date format, whole day of another year", "l j F Y"))


def full(at: datetime) -> str:
    """Day and time: "Wed 19 Nov, 17:00", with the year when it is not this one."""
    local = timezone.localtime(at)
    if local.year == timezone.localtime().year:
        return date_format(local, pgettext("date format, day and time", "D j M, H:i"))
    return date_format(local, pgettext("date format, day and time of another year", "D j M Y, H:i"))


def short(at: datetime, now: datetime | None = None) -> str:
    """For lists: "14:36" today, "Mon" within a week, "12 Nov" this year, "12 Nov 2024" before that."""
    local, today = timezone.localtime(at), timezone.localtime(now)
    days = (today.date() - local.date()).days
    if days == 0:
        return clock(at)
    if 0 < days < WEEK_DAYS:
        return date_format(local, pgettext("date format, weekday", "D"))
    if local.year == today.year:
        return date_format(local, pgettext("date format, day of this year", "j M"))
    return date_format(local, pgettext("date format, day of another year", "j M Y"))
