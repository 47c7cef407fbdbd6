"""Plays what happens in one room, through the same actions that people use, at the moments it happened."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from mediation.conversations import audience as gate
from mediation.conversations.actions import files, messages, reading, rooms, threads
from mediation.conversations.actions.send import Send, Sent, send_message
from mediation.conversations.models import Attachment, Contract, Room, Thread
from mediation.core import clock
from mediation.disputes.actions import auto_release, contracts, ledger, milestones
from mediation.disputes.rules.milestones import Act
from mediation.web.demo.people import DEMO

JOINT, WITH_CLIENT, WITH_FREELANCER, NOTES = "joint", "caucus_client", "caucus_freelancer", "internal"

MONDAY, SATURDAY = 0, 5
HOURS_PAID_AT = 6  # on Mondays, UTC: before that nobody can claim about the week that has just ended


def with_hours_to_claim(at: datetime) -> datetime:
    """The moment itself (UTC), or the evening of the Friday before where it is on a weekend or before Monday's pay."""
    is_too_early = at.weekday() == MONDAY and at.hour < HOURS_PAID_AT
    if at.weekday() < SATURDAY and not is_too_early:
        return at
    friday = at - timedelta(days=(at.weekday() - SATURDAY + 1) % 7)
    return friday.replace(hour=20, minute=0, second=0, microsecond=0)


class Stage:
    """One room. Every method takes a moment first: "-12d 09:31" (days ago, UTC) or "-35m" (minutes ago)."""

    def __init__(self, contract: Contract, people: dict[str, User]) -> None:
        self.now = clock.now()
        self.people = people
        self.key = contract.title
        self.said = 0
        with clock.at(contract.started_at):
            self.room: Room = rooms.open_room(contract=contract)
            self._hold_money(contract)

    def _hold_money(self, contract: Contract) -> None:
        """What the client has paid into escrow; what is submitted already will be paid by itself."""
        for one in contract.milestones.filter(status__in=["funded", "submitted"]):
            ledger.fund(
                contract_id=contract.pk,
                account=f"escrow:{one.pk}",
                currency=contract.currency,
                amount_minor=one.amount_minor,
                key=f"demo:{one.pk.hex}",
                at=contract.started_at,
            )
            if one.status == "submitted":
                auto_release.start(one, due_at=self.now + timedelta(days=9))

    def at(self, when: str) -> datetime:
        """The moment that `when` names."""
        if when.endswith("m"):
            return self.now + timedelta(minutes=int(when[:-1]))
        days, _, time = when.partition(" ")
        hour, minute = (int(part) for part in time.split(":"))
        day = self.now + timedelta(days=int(days.removesuffix("d")))
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def on_a_weekday(self, minutes: int) -> str:
        """So many minutes ago, or on the Friday before if last week's hours could not be claimed about then."""
        at = with_hours_to_claim(self.now - timedelta(minutes=minutes))
        return f"-{(self.now - at) // timedelta(minutes=1)}m"

    def says(
        self,
        when: str,
        who: str,
        text: str,
        to: str | Thread = JOINT,
        *,
        answering: Sent | None = None,
        to_whom: str = "",
        file: tuple[str, bytes, str] | None = None,
    ) -> Sent:
        """Somebody writes to an audience's main thread, or to a topic; with (name, content, type) of a file."""
        author, thread_id = self.people[who], self.thread_id(to)
        self.said += 1
        with clock.at(self.at(when)):
            attached = self._upload(author, thread_id, *file) if file else None
            sent = send_message(
                Send(
                    author_id=author.id,
                    thread_id=thread_id,
                    client_id=uuid5(DEMO, f"{self.key}/{self.said}"),
                    body=text,
                    reply_to_seq=answering.seq if answering else None,
                    mentions=(self.people[to_whom].id,) if to_whom else (),
                    files=(attached.pk,) if attached else (),
                )
            )
            if attached and attached.width:
                files.make_thumbnail(attachment_id=attached.pk)
            return sent

    def thread_id(self, to: str | Thread) -> UUID:
        """The thread for an audience's name, or of a topic."""
        if isinstance(to, Thread):
            return to.pk
        return Thread.objects.values_list("pk", flat=True).get(room=self.room, audience=to, is_main=True)

    def opens_topic(self, when: str, who: str, title: str, audience: str = JOINT) -> Thread:
        with clock.at(self.at(when)):
            return threads.open_topic(user=self.people[who], room_id=self.room.pk, audience=audience, title=title)

    def resolves(self, when: str, who: str, topic: Thread) -> None:
        with clock.at(self.at(when)):
            threads.resolve_topic(user=self.people[who], thread_id=topic.pk)

    def reacts(self, when: str, who: str, to: Sent, reaction: str) -> None:
        with clock.at(self.at(when)):
            messages.react(user=self.people[who], thread_id=to.thread_id, seq=to.seq, reaction=reaction, on=True)

    def edits(self, when: str, who: str, line: Sent, text: str) -> None:
        with clock.at(self.at(when)):
            messages.edit_message(user=self.people[who], thread_id=line.thread_id, seq=line.seq, body=text)

    def removes(self, when: str, who: str, line: Sent, reason: str) -> None:
        with clock.at(self.at(when)):
            messages.remove_message(user=self.people[who], thread_id=line.thread_id, seq=line.seq, reason=reason)

    def drafts(self, when: str, who: str, text: str, to: str | Thread = JOINT) -> None:
        with clock.at(self.at(when)):
            reading.save_draft(user=self.people[who], thread_id=self.thread_id(to), body=text)

    def does(self, when: str, who: str, act: Act, position: int, note: str = "") -> None:
        """Somebody submits a milestone, asks it back, gives it back …"""
        said = {"room_id": self.room.pk, "command_id": uuid5(DEMO, f"{self.key}/{position}/{act}")}
        with clock.at(self.at(when)):
            milestones.act(user=self.people[who], position=position, act=act, note=note, **said)

    def ends(self, when: str, who: str, reason: str) -> None:
        """A party ends the contract."""
        command_id = uuid5(DEMO, f"{self.key}/end")
        with clock.at(self.at(when)):
            contracts.end(user=self.people[who], room_id=self.room.pk, command_id=command_id, reason=reason)

    def reads(self, when: str, *who: str) -> None:
        """These people have read everything that is there by now and that they may see."""
        with clock.at(self.at(when)):
            for key in who:
                for thread in gate.readable_threads(self.people[key]).filter(room=self.room):
                    reading.mark_read(user=self.people[key], thread_id=thread.pk, seq=thread.head_seq)

    def _upload(self, uploader: User, thread_id: UUID, name: str, content: bytes, content_type: str) -> Attachment:
        upload = SimpleUploadedFile(name, content, content_type)
        return files.upload(user=uploader, thread_id=thread_id, file=upload)
