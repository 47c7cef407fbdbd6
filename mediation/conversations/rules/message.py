"""What a message may be before it reaches a transaction, and whether it is stale."""

import re
from collections.abc import Mapping

from mediation.conversations.errors import BadReaction, BadText, EmptyText, NoReason, TextTooLong

MAX_CHARACTERS = 20_000
MAX_BYTES = 64 * 1024
MAX_FILES = 10
MAX_MENTIONS = 20
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def check_text(text: str, *, has_files: bool = False) -> str:
    """The text as it will be stored: line ends unified, outer blank space cut off.

    Raises EmptyText (unless files come with it), TextTooLong, or BadText for one that no database can hold.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text and not has_files:
        raise EmptyText
    if len(text) > MAX_CHARACTERS or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise TextTooLong
    if _UNSTORABLE.search(text):
        raise BadText
    return text


def is_stale(*, audience: str, author_is_staff: bool, seen: int | None, newest_by_others: int, confirmed: bool) -> bool:
    """Whether an agent wrote to everyone without having seen the newest message of somebody else (domain, section 2).

    `newest_by_others` is the seq of that message, 0 if there is none. A door that does not say what was seen
    (`seen` is None: a plain form, a program) is not guarded.
    """
    return author_is_staff and audience == "joint" and seen is not None and not confirmed and newest_by_others > seen


REACTIONS = ("thumbs_up", "heart", "thanks", "celebrate", "eyes", "sad")
MAX_REASON = 200


def check_reason(reason: str, *, is_required: bool) -> str:
    """Why a message is removed, in one line. Raises NoReason when one is needed and missing, or it is too long."""
    try:
        reason = " ".join(check_text(reason, has_files=True).split())
    except (TextTooLong, BadText):
        raise NoReason from None
    if len(reason) > MAX_REASON or (is_required and not reason):
        raise NoReason
    return reason


def with_reaction(
    reactions: Mapping[str, list[str]], name: str, person: str, *, on: bool
) -> dict[str, list[str]] | None:
    """The reactions after somebody has set or taken back theirs; None if that changes nothing. Raises BadReaction."""
    if name not in REACTIONS:
        raise BadReaction
    people = reactions.get(name, [])
    if (person in people) == on:
        return None
    changed = [*people, person] if on else [other for other in people if other != person]
    return {other: ids for other, ids in {**reactions, name: changed}.items() if ids}
