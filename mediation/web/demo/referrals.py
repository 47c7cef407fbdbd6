"""Clients who were referred to the executive desk: one who waits, some on their way, some whose case is over."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from mediation.core import clock
from mediation.escalations.actions.referring import Referral, refer
from mediation.escalations.actions.transition import transition
from mediation.escalations.models import Case
from mediation.escalations.rules.states import Item
from mediation.web.demo.people import DEMO

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Told:
    """A referral and what came of it, each step so long before now. Lengths among what is said count from now."""

    def __init__(self, people: dict[str, User], key: str, before: timedelta, by: str, **said: Any) -> None:
        self.people, self.key, self.now = people, key, clock.now()
        with clock.at(self.now - before):
            press = uuid5(DEMO, f"referral/{key}")
            self.id: UUID = refer(user=people[by], press=press, said=Referral(**said)).pk

    def says(self, before: timedelta, who: str, command: str, **said: Any) -> "Told":
        moments = {name: self._moment(value) for name, value in said.items()}
        with clock.at(self.now - before):
            transition(actor=self.people[who], case_id=self.id, command=command, said=moments)
        return self

    def _moment(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._moment(one) for one in value]
        return _full_hour(self.now + value) if isinstance(value, timedelta) else value


@transaction.atomic
def seed_referrals(people: dict[str, User]) -> int:
    """Six referrals, if there is none yet; returns how many."""
    if Case.objects.exists():
        return 0
    Told(
        people, "waits", timedelta(minutes=3), "priya", source="p2p", name="Lena Ortiz", company="Ortiz Foods",
        email="lena@ortizfoods.example", time_zone="America/Mexico_City", segment="SB", value_minor=420_000,
        has_web_presence=True, reason="She posted a job twice and got no proposal that fits.",
    )  # fmt: skip
    _replied(
        Told(
            people, "social", 5 * HOUR, "sam", source="social", name="Tomás Rey", company="Rey Studio", segment="VSB",
            time_zone="Europe/Madrid", value_minor=90_000, has_web_presence=False,
            reason="He asked in public how to find an editor, and nobody had answered.",
        ),
        5 * HOUR,
        "I write to him now and tell you when he has posted the job.",
    ).says(4 * HOUR, "eva", "track", next_step="Ask for his e-mail address", follow_up_at=6 * HOUR)  # fmt: skip
    with_call = _ticketed(
        Told(
            people, "executive", 2 * DAY, "sue", source="executive", on_behalf_of="Office of the CEO", name="Aiko Mori",
            email="aiko@morirobotics.example", company="Mori Robotics", time_zone="Asia/Tokyo", segment="LB",
            value_minor=6_000_000, has_web_presence=True, is_long_term=True,
            reason="They want a team of eight engineers for a year, and start next month.",
        ),
        2 * DAY,
    )  # fmt: skip
    with_call.says(DAY, "eva", "offer_slots", slots=[DAY, DAY + 2 * HOUR, 2 * DAY])
    with_call.says(HOUR, "eva", "schedule_call", starts_at=DAY, minutes=45)
    with_call.says(HOUR, "eva", "plan", next_step="Read their job posts before the call", follow_up_at=12 * HOUR)
    _talent(people)
    _closed(people)
    return Case.objects.count()


def _replied(told: Told, before: timedelta, text: str) -> Told:
    told.says(before - timedelta(minutes=4), "eva", "claim")
    return told.says(before - timedelta(minutes=9), "eva", "reply", text=text)


def _ticketed(told: Told, before: timedelta) -> Told:
    _replied(told, before, "Thank you. I call them and keep you posted.")
    told.says(before - HOUR, "eva", "track", next_step="Agree on a call", follow_up_at=2 * DAY)
    return told.says(before - 2 * HOUR, "eva", "ticket", ticket=f"{58_200 + len(told.key)}")


def _helped(told: Told, before: timedelta) -> Told:
    """The call took place, and all of the list was gone through."""
    told.says(before - 3 * HOUR, "eva", "schedule_call", starts_at=HOUR, minutes=30)
    told.says(before - DAY, "eva", "begin_call")
    return told.says(before - DAY - HOUR, "eva", "check", items=list(Item))


def _talent(people: dict[str, User]) -> None:
    before = 6 * DAY
    told = Told(
        people, "talent", before, "priya", source="community", name="Grace Kim", email="grace@parley.example",
        company="Tidewater Labs", time_zone="America/Los_Angeles", segment="MB", value_minor=1_500_000,
        has_web_presence=True, is_long_term=True, reason="She hires often and asks for somebody who chooses for her.",
    )  # fmt: skip
    _helped(_ticketed(told, before), before)
    told.says(
        2 * DAY, "eva", "refer_talent", needs="Two data scientists, and a shortlist every month.",
        representative="Tom Ellis", appointment_at=3 * DAY,
    )  # fmt: skip
    told.says(DAY, "eva", "follow", next_step="Ask Grace how the talk with Tom went", follow_up_at=4 * DAY)


def _closed(people: dict[str, User]) -> None:
    before = 12 * DAY
    told = Told(
        people, "resolved", before, "sam", source="p2p", name="Pieter Smit", email="pieter@smitbouw.example",
        company="Smit Bouw", time_zone="Europe/Amsterdam", segment="SB", value_minor=300_000, has_web_presence=True,
        is_long_term=True, reason="He cannot tell good proposals from others.",
    )  # fmt: skip
    _helped(_ticketed(told, before), before)
    told.says(9 * DAY, "eva", "follow", next_step="Ask whether he hired", follow_up_at=DAY)
    told.says(5 * DAY, "eva", "resolve", text="He hired two people and is content.")
    small = Told(
        people, "small", 8 * DAY, "ana", source="social", name="Bo Falk", company="", segment="VSB",
        time_zone="Europe/Copenhagen", value_minor=20_000, has_web_presence=False, reason="Asks for a discount.",
    )  # fmt: skip
    _replied(small, 8 * DAY, "This is one for the help centre: I send him the article.")
    small.says(7 * DAY, "eva", "disqualify", reason="A single job of 200 dollars.")


def _full_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0) + HOUR
