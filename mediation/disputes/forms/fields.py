"""Fields of commands: each takes exactly what it names and says in a sentence what is wrong with anything else."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from mediation.core.api.fields import Flag, Shape, Text, Uuid

MOST_MINOR = 10**13  # a hundred thousand million in cents: anything above is a slip of the hand
LONG, SHORT, LINE = 5_000, 500, 200

__all__ = ["LINE", "LONG", "SHORT", "Flag", "Moment", "Money", "Said", "Shape", "Text", "Uuid", "Whole"]


class Whole(serializers.IntegerField):
    """A whole number, and nothing that only looks like one."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class Money(Whole):
    """A sum in minor units of the case's currency."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": MOST_MINOR} | options)


class Moment(serializers.DateTimeField):
    """A moment with its zone, as RFC 3339; kept in UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"default_timezone": UTC} | options)


class Said(Text):
    """Words that cannot be left out; blanks alone are none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_blank": False, "trim_whitespace": True, "max_length": LONG} | options)
