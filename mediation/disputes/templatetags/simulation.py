"""For the table of a simulated policy."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def named(words: Mapping[str, str], code: str) -> str:
    """The word for a code."""
    return words[code]


@register.filter
def moment_or_word(value: datetime | bool) -> str:
    """A moment in the reader's zone, or yes and no."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")
