"""Tags: small letters, no spaces, each once."""

import re
from typing import Any

_NOT_IN_TAGS = re.compile(r"[^\w:/.\-]+")


def read(given: Any) -> list[str]:
    """A list, or one text with spaces or commas between, as Zendesk writes tags."""
    words = given if isinstance(given, list) else re.split(r"[\s,]+", str(given or ""))
    parts = (part for word in words for part in str(word).lower().split())
    return list(dict.fromkeys(tag for part in parts if (tag := _NOT_IN_TAGS.sub("_", part).strip("_"))))
