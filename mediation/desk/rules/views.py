"""What an agent asks the desk for: a queue and filters. Also what a saved view keeps."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from mediation.disputes.rules.states import Track
from mediation.sla.rules.policies import Priority


class Queue(StrEnum):
    """In the order of the desk's list; the keys 1 to 9 go to them."""

    UNCLAIMED = "unclaimed"
    MINE = "mine"
    ON_ME = "on_me"
    TEAM = "team"
    DECIDE = "decide"
    LATE = "late"
    RISK = "risk"
    OPEN = "open"
    SNOOZED = "snoozed"


NO_CLAIM = "none"  # as a track: somebody only asked for help
FILTERS: Mapping[str, tuple[str, ...]] = {
    "track": (*(track.value for track in Track), NO_CLAIM),
    "priority": tuple(priority.value for priority in Priority),
}
LONGEST_WORDS = 100
MOST_TAGS = 5
_LONGEST_CODE = 10


@dataclass(frozen=True, slots=True)
class View:
    """A queue and what it is narrowed to; an empty filter fits everything."""

    queue: Queue = Queue.UNCLAIMED
    track: str = ""
    priority: str = ""
    language: str = ""
    tags: str = ""  # words; a case has all of them
    words: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.track or self.priority or self.language or self.tags or self.words)

    def as_parameters(self) -> dict[str, str]:
        """The view as an address says it, without what is usual."""
        said = asdict(self) | {"queue": self.queue.value if self.queue is not Queue.UNCLAIMED else ""}
        return {name: value for name, value in said.items() if value}


def view_of(said: Mapping[str, str]) -> View:
    """The view that an address or a stored row asks for. What nobody could have meant is left out: an old link then
    shows more than it should, never an error.
    """
    queue = said.get("queue", "")
    kept = {name: said.get(name, "") for name in FILTERS if said.get(name) in FILTERS[name]}
    language = said.get("language", "")
    return View(
        queue=Queue(queue) if queue in set(Queue) else Queue.UNCLAIMED,
        language=language if language.isalpha() and len(language) <= _LONGEST_CODE else "",
        tags=_tags(said.get("tags", "").replace("\x00", "")),
        words=" ".join(said.get("words", "").replace("\x00", "").split())[:LONGEST_WORDS],
        **kept,
    )


def _tags(said: str) -> str:
    """Written like "#VIP refund". What can be no tag stays: it fits nothing, and whoever wrote it sees that."""
    found = dict.fromkeys(word.lstrip("#") for word in said.lower()[:LONGEST_WORDS].split())
    return " ".join([word for word in found if word][:MOST_TAGS])
