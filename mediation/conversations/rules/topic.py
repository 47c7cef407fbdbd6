"""What a topic may be called."""

import unicodedata

from mediation.conversations.errors import BadTitle

MAX_TITLE = 80


def check_title(title: str) -> str:
    """The title in one line, without control and direction-changing characters. Raises BadTitle."""
    shown = "".join(
        character for character in title if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    shown = " ".join(shown.split())
    if not 0 < len(shown) <= MAX_TITLE:
        raise BadTitle
    return shown
