"""Plays what happens in the case of a room: every step is a command, said at its moment through `transition`."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from mediation.conversations.actions.send import Sent
from mediation.core import clock
from mediation.desk.actions import triggers
from mediation.disputes.actions import claims, glass, payments
from mediation.disputes.actions.transition import Result, transition
from mediation.disputes.models import Dispute
from mediation.disputes.rules.glass import Ground
from mediation.disputes.rules.states import Track
from mediation.events.models import Event
from mediation.web.demo.stage import Stage


class Case:
    """The case of one room. Methods take a moment first, like those of the stage."""

    def __init__(self, room: Stage, dispute_id: UUID) -> None:
        self.room = room
        self.id = dispute_id
        self.issues: list[str] = []
        self.items: list[str] = []

    @classmethod
    def drafted(
        cls, room: Stage, when: str, who: str, *, problem: str, statement: str, wants: str = "", refund: int,
        milestone: int = 0, hours_minor: int = 0,
    ) -> "Case":  # fmt: skip
        """Somebody writes a claim about a milestone (by position) or about the hours of last week."""
        at, user = room.at(when), room.people[who]
        about = room.room.contract.milestones.filter(position=milestone).first()
        with clock.at(at):
            dispute = claims.start_claim(
                user=user,
                room_id=room.room.pk,
                track=Track.ESCROW if about else Track.HOURLY,
                milestone_id=about.pk if about else None,
            )
        case = cls(room, dispute.pk)
        amount = about.amount_minor if about else hours_minor
        case.does(
            when, who, "edit_draft", problem=problem, amount_minor=amount, claimed_refund_minor=refund,
            statement=statement, wants=wants,
        )  # fmt: skip
        return case

    @classmethod
    def asked(cls, room: Stage, when: str, who: str, note: str) -> "Case":
        """Somebody asks for a mediator without a claim."""
        with clock.at(room.at(when)):
            return cls(
                room, claims.ask_without_claim(user=room.people[who], room_id=room.room.pk, note=note).dispute_id
            )

    @property
    def row(self) -> Dispute:
        return Dispute.objects.get(pk=self.id)

    def rules_hear(self, when: str) -> None:
        """Triggers hear of the newest event at once, as they do while the house runs."""
        event = Event.objects.filter(stream_id=self.room.room.pk).order_by("-pk")[0]
        with clock.at(self.room.at(when)):
            triggers.hear(event=event)

    def does(self, when: str, who: str, command: str, **payload: Any) -> Result:
        """Somebody says a command."""
        with clock.at(self.room.at(when)):
            return transition(actor=self.room.people[who], dispute_id=self.id, command=command, payload=payload)

    def asks_to_look(self, when: str, who: str, whose: str, reason: str) -> None:
        """Staff ask to look into a private talk because of how the case is led."""
        with clock.at(self.room.at(when)):
            glass.ask(
                user=self.room.people[who],
                dispute_id=self.id,
                party_id=self.room.people[whose].pk,
                ground=Ground.CONDUCT,
                reason=reason,
            )

    def declines(self, when: str, who: str, statement: str, wants: str = "", reason: str = "disagree") -> None:
        self.does(when, who, "decline", reason=reason, statement=statement, wants=wants)

    def offers(
        self, when: str, who: str, refund: int, *terms: str, note: str = "", counters: bool = False, hours: int = 72
    ) -> None:
        """An offer that stands so many hours; `counters` makes it the answer to the other side's open one."""
        amount = self.row.amount_minor
        payload = {
            "refund_minor": refund,
            "release_minor": amount - refund,
            "terms": list(terms),
            "note": note,
            "expires_at": self._in(when, hours),
        }
        if counters:
            payload["offer_id"] = self.row.offers.get(status="open").pk
        self.does(when, who, "counter_offer" if counters else "make_offer", **payload)

    def accepts_offer(self, when: str, who: str) -> None:
        offer = self.row.offers.get(status="open")
        self.does(when, who, "accept_offer", offer_id=offer.pk, offer_version=offer.version)

    def signs(self, when: str, who: str) -> None:
        text = self.row.agreements.get(void_at__isnull=True)
        self.does(when, who, "accept_text", sha256=text.sha256, password_is_fresh=True)

    def is_paid(self, when: str) -> None:
        with clock.at(self.room.at(when)):
            payments.pay_out()

    def has_issue(self, when: str, mediator: str, title: str, minor: int | None = None, **views: str) -> None:
        """A point of disagreement, how each side sees it (by key), and both confirm it."""
        issue = self.does(when, mediator, "add_issue", title=title, amount_minor=minor).data["issue_id"]
        self.issues.append(issue)
        for who, view in views.items():
            self.does(when, who, "state_position", issue_id=UUID(issue), text=view)
            self.does(when, who, "confirm_issue", issue_id=UUID(issue))

    def shows(self, when: str, who: str, title: str, source: Sent | str, issue: int | None = None) -> None:
        """Evidence from a message, or in words."""
        about = {"issue_id": UUID(self.issues[issue])} if issue is not None else {}
        if isinstance(source, Sent):
            what = {"kind": "message", "message": {"thread": source.thread_id, "seq": source.seq}}
        else:
            what = {"kind": "term", "excerpt": source}
        self.items.append(self.does(when, who, "submit_evidence", title=title, **what, **about).data["evidence_id"])

    def answers_evidence(self, when: str, who: str, item: int, status: str, note: str = "") -> None:
        self.does(when, who, "answer_evidence", evidence_id=UUID(self.items[item]), status=status, note=note)

    def asks_for(self, when: str, mediator: str, of: str, kind: str, text: str, *, hours: int) -> None:
        """The mediator asks one person for something."""
        person = self.room.people[of].pk
        self.does(when, mediator, "make_request", asked_of=person, kind=kind, text=text, due_at=self._in(when, hours))

    def promises(self, when: str, mediator: str, text: str, *, hours: int) -> None:
        """The mediator promises everyone something by a time."""
        self.does(when, mediator, "promise", text=text, due_at=self._in(when, hours))

    def begins_talk(self, when: str, mediator: str, side: str) -> None:
        """The mediator talks with one side in private."""
        self.does(when, mediator, "begin_caucus", party=self.room.people[side].pk)

    def shares(self, when: str, mediator: str, of: str, text: str, question: str) -> None:
        """Words from a private talk that their author agrees to share."""
        party = self.room.people[of].pk
        asked = self.does(when, mediator, "ask_release", party=party, text=text, question=question)
        self.does(when, of, "grant_release", release_id=UUID(asked.data["release_id"]))

    def is_recommended(self, when: str, mediator: str, summary: str, findings: list[tuple[str, int]]) -> None:
        """Evidence is closed and a recommendation goes out: a finding and its part of the refund for each issue."""
        self.does(when, mediator, "close_evidence")
        refund = sum(part for _text, part in findings)
        rows = [
            {"issue_id": UUID(issue), "text": text, "refund_minor": part, "evidence": [UUID(one) for one in self.items]}
            for issue, (text, part) in zip(self.issues, findings, strict=True)
        ]
        sums = {"refund_minor": refund, "release_minor": self.row.amount_minor - refund}
        self.does(when, mediator, "draft_recommendation", summary=summary, findings=rows, **sums)
        self.does(when, mediator, "issue_recommendation")

    def _in(self, when: str, hours: int) -> datetime:
        return self.room.at(when) + timedelta(hours=hours)
