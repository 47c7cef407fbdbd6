"""Whom a text means: names behind an @. Pure."""

import re
from collections.abc import Mapping
from uuid import UUID


def mentioned(text: str, people: Mapping[UUID, str]) -> list[UUID]:
    """Those of the people whose whole names stand behind an @, each once. Of names that begin alike the longest counts,
    and of people who are called alike everybody is meant.
    """
    names = sorted(set(people.values()), key=len, reverse=True)
    if not names:
        return []
    found = re.findall(rf"@({'|'.join(map(re.escape, names))})(?!\w)", text)
    return [key for key, name in people.items() if name in found]
