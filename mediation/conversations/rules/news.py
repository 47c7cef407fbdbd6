"""Which lines of the system are news like a message: what somebody did that the other side must know of and perhaps
answer. They bring a room to the top of the list and are counted as unread. Pure.
"""

PREFIX = "milestone."  # of the codes of what was done with a milestone; `milestone.changed` and the like have no line


def is_news(code: str) -> bool:
    """Whether a system line with this code is."""
    return code.startswith(PREFIX)
