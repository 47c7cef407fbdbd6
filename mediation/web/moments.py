"""Moments as a reader sees them: in their zone and language, and as short as the distance allows."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mediation.core.moments import written

WEEK_DAYS = 7


def clock(at: datetime) -> str:
    """Hours and minutes: "14:36"."""
    return _put(timezone.localtime(at), pgettext("time format", "H:i"))


def day(at: datetime) -> str:
    """The whole day: "Monday 17 November", with the year when it is not this one."""
    return _day(timezone.localtime(at))


def date_of(named: date) -> str:
    """The same of a date that is no moment: a day of a week of hours."""
    return _day(datetime.combine(named, time()))


def _day(local: datetime) -> str:
    if local.year == timezone.localtime().year:
        return _put(local, pgettext("date format, whole day", "l j F"))
    return _put(local, pgettext("date format, whole day of another year", "l j F Y"))


def full(at: datetime) -> str:
    """Day and time: "Wed 19 Nov, 17:00", with the year when it is not this one."""
    local = timezone.localtime(at)
    if local.year == timezone.localtime().year:
        return _put(local, pgettext("date format, day and time", "D j M, H:i"))
    return written(at)


def short(at: datetime, now: datetime | None = None) -> str:
    """For lists: "14:36" today, "Mon" within a week, "12 Nov" this year, "12 Nov 2024" before that."""
    local, today = timezone.localtime(at), timezone.localtime(now)
    days = (today.date() - local.date()).days
    if days == 0:
        return clock(at)
    if 0 < days < WEEK_DAYS:
        return _put(local, pgettext("date format, weekday", "D"))
    if local.year == today.year:
        return _put(local, pgettext("date format, day of this year", "j M"))
    return _put(local, pgettext("date format, day of another year", "j M Y"))


def lengths() -> dict[str, str]:
    """How lengths are said, with places for their numbers: for scripts, and for who says many of them."""
    return {
        "days": _("%(days)s d %(hours)s h"),
        "hours": _("%(hours)s h %(minutes)s min"),
        "minutes": _("%(minutes)s min"),
    }


def length(seconds: int | None, said: Mapping[str, str] | None = None) -> str:
    """A length as people say it, in its two greatest units at most; nothing for none. `said` is `lengths()`."""
    if seconds is None:
        return ""
    said, whole = said or lengths(), timedelta(seconds=seconds)
    hours, minutes = divmod(whole.seconds // 60, 60)
    unit = "days" if whole.days else "hours" if hours else "minutes"
    return said[unit] % {"days": whole.days, "hours": hours, "minutes": minutes}


def zone() -> str:
    """The reader's own place, whose clock they mean: "London"."""
    return timezone.get_current_timezone_name().rsplit("/", 1)[-1].replace("_", " ")


def _put(local: datetime, pattern: str) -> str:
    """A moment by a pattern without seconds. Lists say the same few moments over and over, and putting one into words
    takes longer than all else of its line.
    """
    return _words_of(local.replace(tzinfo=None, second=0, microsecond=0), pattern, get_language())


@lru_cache(maxsize=4096)
def _words_of(minute: datetime, pattern: str, _language: str | None) -> str:
    return date_format(minute, pattern)
