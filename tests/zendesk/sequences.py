"""Both sides of a case go on at once while things fail; what must be true when all is quiet again.

`Story` does one step after the other and writes down what it said, in unique words. `faults_of` compares both sides.
"""

from collections import Counter
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from mediation.conversations.actions import messages
from mediation.core import rates
from mediation.zendesk.actions import freezing, reconciling, sending, webhooks
from mediation.zendesk.models import Mirror, Outgoing, Stray
from tests.zendesk.conftest import ANA, NINA, Sides

QUIET_ROUNDS = 3
CANARY = "c4n4ry"
ROBOT = "Robo Desk"
_PUT = {"method": "PUT", "path": r"^/api/v2/tickets/\d+$"}
_TAGS = {"path": r"/tags$"}
_READ = {"method": "GET", "path": "^/api/"}
_PAGE = {"what": "status", "status": 503, "body": "<html>", "content_type": "text/html"}
_SLOWER = {"what": "status", "status": 429, "headers": {"Retry-After": "40"}}
FAULTS = {
    "answer lost": {"what": "lose_answer", **_PUT},
    "refused": {"what": "refuse_before", **_PUT},
    "error page": {**_PAGE, **_PUT},
    "error page for readers": {**_PAGE, **_READ},
    "too fast": {**_SLOWER, **_PUT},
    "too fast for readers": {**_SLOWER, **_READ},
    "conflict": {"what": "status", "status": 409, "body": {"error": "UpdateConflict"}, **_PUT},
    "token ended": {"what": "status", "status": 401, "body": {"error": "invalid_token"}, "path": "^/api/"},
    "answer of tags lost": {"what": "lose_answer", **_TAGS},
    "tags refused": {"what": "refuse_before", **_TAGS},
}


class Killed(BaseException):
    """The worker is no more."""


class Story:
    """What happened: `said` are words by where they were said, `agents` those of known agents, `others` of the rest."""

    def __init__(self, sides: Sides) -> None:
        self.sides, self.cast, self.count = sides, sides.cast, 0
        self.said: dict[str, list[str]] = {"joint": [], "internal": []}
        self.changed: set[str] = set()
        self.agents: list[str] = []
        self.others: list[str] = []
        self.mine: list[tuple[Any, int, str]] = []
        self.rung: list[str] = []
        self.closed: set[int] = set()

    def _word(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count:03}x"

    def joint(self, who: int) -> None:
        author = (self.cast.client, self.cast.freelancer, self.cast.mediator)[who % 3]
        word = self._word("joint")
        self.said["joint"].append(word)
        sent = self.sides.write(author, word)
        self.mine.append((author, sent.seq, word))

    def note(self, who: int) -> None:
        self.said["internal"].append(self._word("note"))
        self.sides.write(self.cast.mediator, self.said["internal"][-1], "internal")

    def caucus(self, who: int) -> None:
        side, name = ((self.cast.client, "client"), (self.cast.freelancer, "freelancer"))[who % 2]
        self.sides.say(self.cast.mediator, "begin_caucus", party=side.pk)
        self.sides.write(side, f"{CANARY} {self._word('private')}", f"caucus_{name}")
        self.sides.say(self.cast.mediator, "end_caucus")

    def edit(self, who: int) -> None:
        if self.mine:
            author, seq, word = self.mine[who % len(self.mine)]
            self.changed.add(word)
            messages.edit_message(user=author, thread_id=self.cast.joint.pk, seq=seq, body=f"{word} {self._word('re')}")

    def remove(self, who: int) -> None:
        if self.mine:
            author, seq, word = self.mine.pop(who % len(self.mine))
            self.changed.add(word)
            messages.remove_message(user=author, thread_id=self.cast.joint.pk, seq=seq)

    def state(self, who: int) -> None:
        self.sides.say(self.cast.mediator, "add_issue", title=f"Issue {self._word('issue')}")

    def agent(self, who: int) -> None:
        self._comment(ANA, self.agents, public=bool(who % 2))

    def stranger(self, who: int) -> None:
        self._comment(NINA if who % 2 else ROBOT, self.others, public=bool(who % 4 > 1))

    def _comment(self, who: object, kept: list[str], *, public: bool) -> None:
        word = self._word("theirs")
        via = "api" if who == ROBOT else "web"
        self.sides.standin.as_agent(who=who, via=via, ticket=self.sides.ticket, comment=word, public=public)
        kept.append(word)

    def properties(self, who: int) -> None:
        change = ({"status": "pending"}, {"priority": "high"}, {"tags": ["vip", "parley"]}, {"status": "solved"})
        self.sides.standin.as_agent(who=ANA, ticket=self.sides.ticket, **change[who % 4])

    def close(self, who: int) -> None:
        self.sides.standin.as_agent(do="close", who=ANA, ticket=self.sides.ticket)
        self.closed.add(self.sides.ticket)

    def merge(self, who: int) -> None:
        """Ours goes up in another ticket; what the agent says of it is on ours, which takes nothing more."""
        agents = self.sides.standin.as_agent
        other = agents(do="create", who=ANA, subject="Another", comment="Hello")["ticket"]["id"]
        word, ours = self._word("theirs"), self.sides.ticket
        agents(do="merge", who=ANA, ticket=ours, into=other, source_comment=word)
        self.agents.append(word)
        self.closed.add(ours)

    def fault(self, who: int) -> None:
        self.sides.standin.faults(list(FAULTS.values())[who % len(FAULTS)])

    def ring(self, who: int) -> None:
        """A new webhook, or one that came before."""
        if who % 2 or not self.rung:
            self.rung.append(uuid4().hex)
        webhooks.ring(invocation=self.rung[who % len(self.rung)], ticket_id=self.sides.ticket)

    def work(self, who: int) -> None:
        self.sides.sync()

    def wait(self, who: int) -> None:
        self.sides.later(seconds=(1, 7, 31, 95)[who % 4])

    def die(self, who: int) -> None:
        """The worker dies before the next request is sent, or before its answer is noted."""

        def dies(*args: Any) -> None:
            raise Killed

        self.sides.hear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sending, "_taken" if who % 2 else "_post", dies)
            with suppress(Killed):
                self.sides.work()

    def resync(self, who: int) -> None:
        freezing.resync(self.sides.mirror)

    def do(self, step: str, who: int) -> None:
        """One step, a moment after the last. A ticket that takes nothing more takes no agent's words either."""
        self.sides.pass_time(seconds=0.3)
        for rate in (rates.sends, rates.commands):
            rate.forget()
        if step in ("agent", "stranger", "properties", "close", "merge", "ring") and not self._takes_more():
            return
        getattr(self, step)(who)

    def _takes_more(self) -> bool:
        ticket = self.sides.mirror.ticket_id
        return ticket is not None and ticket not in self.closed

    def become_quiet(self) -> None:
        """Nothing fails any more, nobody rings, and time goes on until nothing waits, and to the daily look."""
        self.sides.standin.clear_faults()
        self._until_nothing_waits()
        self.sides.later(days=1)
        reconciling.check_due()
        self._until_nothing_waits()

    def _until_nothing_waits(self) -> None:
        """What came in last may go out again: hence some rounds more."""
        quiet = 0
        for _ in range(60):
            self.sides.later(seconds=40)
            reconciling.read_changes()
            mirror = self.sides.mirror
            quiet = quiet + 1 if not self.sides.waiting and mirror.work_at is None and not mirror.is_rung else 0
            if quiet == QUIET_ROUNDS:
                return
        raise AssertionError(f"{self.sides.waiting} wait: {mirror.health} {mirror.why}")


STEPS = tuple(
    name for name, kind in vars(Story).items() if not name.startswith("_") and name not in ("do", "become_quiet")
)


def faults_of(story: Story) -> list[str]:
    """What is not as it must be, in words; nothing when all is well."""
    sides, mirror = story.sides, story.sides.mirror
    audits, comments = _there(sides, mirror)
    found = [] if mirror.health == "on" else [f"the mirror is {mirror.health}: {mirror.why}"]
    ours = [(item, one) for one in audits for item in one["metadata"]["custom"].get("ob", ())]
    rows = {str(row.pk): row for row in Outgoing.objects.filter(mirror=mirror)}
    times = Counter(item for item, _ in ours if item in rows)
    found += [f"a line stands there {times[key]} times" for key in rows if times[key] != 1]
    for visibility in ("joint", "note"):
        order = [rows[item].event_id for item, _ in ours if item in rows and rows[item].visibility == visibility]
        if order != sorted(order):
            found.append(f"{visibility} is out of order")
    everything = "\n".join(one["html_body"] for one in comments)
    for words in story.said.values():
        kept = [word for word in words if word not in story.changed]
        found += [f"{word} stands there {everything.count(word)} times" for word in kept if everything.count(word) != 1]
        places = [everything.find(word) for word in kept]
        if places != sorted(places):
            found.append(f"words are out of order: {kept}")
    found += _wrong_privacy(story, [one for one in comments if one["author_id"] not in (ANA, NINA, 907)])
    if CANARY in sides.everything_sent():
        found.append("a private talk leaked")
    notes = "\n".join(sides.notes())
    found += [f"{word} is among the notes {notes.count(word)} times" for word in story.agents if notes.count(word) != 1]
    strays = Counter(Stray.objects.filter(mirror=mirror).values_list("text", flat=True))
    if strays != Counter(story.others):
        found.append(f"strays: {strays}, not {story.others}")
    came = [text for text in sides.notes() if text.startswith("From Zendesk")]
    echo = [text for text in came if not any(word in text for word in story.agents)]
    found += [f"an echo: {text}" for text in echo]
    found += [f"{word} was sent back" for word in story.agents + story.others if word in _sent_by_us(sides)]
    return found


def _wrong_privacy(story: Story, ours: list[dict[str, Any]]) -> list[str]:
    """Notes are private always; what both parties read is public where the setting says so, and only there."""
    is_open = settings.ZENDESK.joint_is_public
    wrong = [f"public: {one['html_body']}" for one in ours if one["public"] and not is_open]
    for one in ours if is_open else ():
        text = one["html_body"]
        if one["public"] and any(word in text for word in story.said["internal"]):
            wrong.append(f"public: {text}")
        if not one["public"] and any(word in text for word in story.said["joint"]):
            wrong.append(f"private: {text}")
    return wrong


def _there(sides: Sides, mirror: Mirror) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Audits and comments of the case's tickets, the oldest first."""
    audits: list[dict[str, Any]] = []
    comments: list[dict[str, Any]] = []
    with sides.standin.client() as client:
        for ticket in filter(None, (*mirror.earlier, mirror.ticket_id)):
            for name, kept in (("audits", audits), ("comments", comments)):
                asked: dict[str, Any] = {"page[size]": 100}
                while True:
                    page = client.get(f"tickets/{ticket}/{name}", params=asked).json()
                    kept.extend(page[name])
                    if not page["meta"]["has_more"]:
                        break
                    asked["page[after]"] = page["meta"]["after_cursor"]
    return audits, comments


def _sent_by_us(sides: Sides) -> str:
    return "\n".join(one["body"] for one in sides.standin.requests())
