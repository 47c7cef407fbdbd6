"""What a notice says by mail, in the language and the zone of whom it is to. It names no sum and nothing private."""

import zoneinfo
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mediation.conversations.models import Room
from mediation.core import outbox
from mediation.core.moments import written
from mediation.disputes.actions import news
from mediation.disputes.actions.news import NEWS
from mediation.disputes.models import Notice
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import State


class Letter(NamedTuple):
    """What is said about a case that stands in `state`; in any other it would be old news and is not sent. `kind` is
    the deadline that it names, if any.
    """

    state: State
    kind: Kind | None
    subject: Promise
    first: Promise
    otherwise: Promise


LETTERS: dict[str, Letter] = {
    "file": Letter(
        State.AWAITING_RESPONSE,
        Kind.RESPONSE,
        _("Please answer: a claim about “%(job)s”"),
        _("%(other)s has filed a claim about “%(job)s”. Please accept it or say how you see it."),
        _("If you do not answer, you get one more reminder. After that, %(other)s can be given what they ask for."),
    ),
    "response_overdue": Letter(
        State.AWAITING_RESPONSE,
        Kind.RESPONSE,
        _("Last reminder: the claim about “%(job)s” waits for your answer"),
        _("The time to answer %(other)s's claim about “%(job)s” is over. You have a little more time, once."),
        _("If you do not answer now, %(other)s can be given what they ask for."),
    ),
    "confirm_default": Letter(
        State.EXECUTING,
        Kind.STAY,
        _("The claim about “%(job)s” was decided without your answer"),
        _("%(other)s's claim about “%(job)s” was not answered in time, and an agent of Upwork has confirmed that."),
        _("The money moves when that time is over. You can still write in the room before that."),
    ),
    "answered": Letter(
        State.NEGOTIATING,
        Kind.TALKS,
        _("%(other)s has answered about “%(job)s”"),
        _("%(other)s sees it differently. You can now read what each of you wrote, and make offers to one another."),
        _("If you do not come to terms in that time, a mediator is asked to help."),
    ),
    "recommended": Letter(
        State.RECOMMENDED,
        Kind.ANSWER,
        _("Please answer the recommendation about “%(job)s”"),
        _("The mediator has made a recommendation about “%(job)s”. Please read it and answer; your answer is sealed."),
        _("If you do not answer, that counts as a no."),
    ),
    "settling": Letter(
        State.SETTLING,
        Kind.SIGN,
        _("Please read the agreement about “%(job)s”"),
        _("What was agreed about “%(job)s” is written down. Please read it, and accept it if it is right."),
        _("If one of you does not accept it in time, nothing is agreed, and the talks go on."),
    ),
    "no_agreement": Letter(
        State.NON_RESOLUTION,
        Kind.ELECTION,
        _("No agreement yet about “%(job)s”: please choose"),
        _("There is no agreement about “%(job)s”. You can choose arbitration; the room says what that means."),
        _("If nobody chooses it in that time, the room says what becomes of the money."),
    ),
    "glass": Letter(
        State.CLOSED,
        None,
        _("Somebody at Upwork has read your private talk about “%(job)s”"),
        _(
            "Somebody at Upwork has read your private talk with the mediator in the case about “%(job)s”, for a stated "
            "reason and after a second person had agreed. The other side learns nothing of it."
        ),
        _("Your case file says who it was, when, and on what ground. There is nothing that you have to do."),
    ),
}


def kind_of(notice: Notice) -> str:
    """Which letter it is. What can be said several times has the case's version, or the event's number, in its code."""
    return notice.code.partition(":")[0]


def letter(notice: Notice) -> EmailMessage:
    """The mail. It carries an id of its own, so that a second copy is known to be one."""
    person, contract = notice.to, _room(notice).contract
    other = contract.freelancer if person.pk == contract.client_id else contract.client
    words = {"job": contract.title, "other": other.name, "part": notice.milestone.title if notice.milestone else ""}
    zone = zoneinfo.ZoneInfo(person.time_zone)
    with translation.override(person.language), timezone.override(zone):
        said = LETTERS[kind_of(notice)] if notice.dispute else NEWS[kind_of(notice)]
        subject, first, otherwise = (str(one) % words for one in (said.subject, said.first, said.otherwise))
        parts = [gettext("Hello %(name)s,") % {"name": person.name}, first]
        if due_at := _due(notice):
            parts.append(gettext("Until when: %(moment)s (%(zone)s)") % {"moment": written(due_at), "zone": zone.key})
        parts += [otherwise, gettext("The room: %(address)s") % {"address": _address(notice)}]
        if not person.is_active:
            parts.append(gettext("Your account is closed. To answer, ask Upwork to open it again and sign in then."))
        parts.append("Parley")
    return outbox.letter(id=f"notice-{notice.pk}", to=person.email, subject=subject, parts=parts)


def _due(notice: Notice) -> datetime | None:
    """The deadline as it is now, so that one that was moved is told as it was moved."""
    if notice.dispute is None:
        return news.due(notice)
    kind = LETTERS[kind_of(notice)].kind
    if kind is None:
        return None
    running = notice.dispute.deadlines.filter(kind=kind.value, ended_at__isnull=True)
    return running.order_by("due_at").values_list("due_at", flat=True).first()


def _address(notice: Notice) -> str:
    return settings.PUBLIC_URL + reverse("web:room", args=[_room(notice).pk])


def _room(notice: Notice) -> Room:
    """Where it happened; a notice is about a case or about a room's contract."""
    room = notice.dispute.room if notice.dispute else notice.room
    if room is None:
        raise TypeError("A notice is about one of the two.")
    return room
