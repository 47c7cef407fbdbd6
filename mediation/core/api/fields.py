"""Fields and shapes that take exactly what they name and refuse the rest with a sentence."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.urls.converters import IntConverter
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

MAX_SEQ = 2_147_483_647  # the largest number the column holds
_SHOWN_KEYS, _SHOWN_LENGTH = 5, 40


class Shape(serializers.Serializer):
    """A JSON object that may hold its fields and nothing else."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [str(key)[:_SHOWN_LENGTH] for key in data if key not in self.fields][:_SHOWN_KEYS]
            if unknown:
                raise serializers.ValidationError(
                    {key: [_("This is not known here. Leave it out.")] for key in unknown}
                )
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """A text as it was written: not trimmed, never made out of a number. An empty text is allowed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"trim_whitespace": False, "allow_blank": True} | options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class Uuid(serializers.UUIDField):
    """A UUID as text with hyphens."""

    def to_internal_value(self, data: Any) -> uuid.UUID:
        if not isinstance(data, str) or len(data) != 36:
            self.fail("invalid", value=_("This"))
        return super().to_internal_value(data)


class Seq(serializers.IntegerField):
    """The number of an event in its thread; 0 stands before the first one. In a query it comes as digits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": MAX_SEQ} | options)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool | float) or (isinstance(data, str) and not self._is_in_query()):
            self.fail("invalid")
        return super().to_internal_value(data)

    def _is_in_query(self) -> bool:
        return hasattr(getattr(self.root, "initial_data", None), "getlist")


class Flag(serializers.BooleanField):
    """True or false, and no other way to say it."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=str(data)[:_SHOWN_LENGTH])
        return data


class SeqConverter(IntConverter):
    """`seq` in an address: as many digits as the column holds for sure."""

    regex = "[0-9]{1,9}"
