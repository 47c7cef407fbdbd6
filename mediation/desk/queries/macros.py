"""The macros that somebody can say in a thread, filled in for its case."""

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone, translation

from accounts.models import User
from mediation.conversations import audience
from mediation.conversations.models import Thread
from mediation.core.errors import NotFound
from mediation.core.moments import written
from mediation.desk.models import Macro, MacroText
from mediation.desk.rules import macros as rules
from mediation.desk.rules.macros import Place, Variable
from mediation.disputes.models import Deadline, Dispute


@dataclass(frozen=True, slots=True)
class Filled:
    """A macro as it would be said now. `title` is in the agent's language, `text` in its readers'; `said_in` are the
    languages of the text, `languages` all that there are.
    """

    key: str
    title: str
    text: str
    said_in: list[str]
    languages: list[str]


@dataclass(frozen=True, slots=True)
class _Scene:
    """Whom a macro is said to, and what it is filled with; a moment is written anew in each language."""

    readers: list[User]
    said: Mapping[Variable, str]
    due_at: datetime | None
    zone: str

    def values(self, language: str) -> dict[str, str]:
        said = {**self.said, Variable.DUE: _moment(self.due_at, language, self.zone)}
        return {name.value: text for name, text in said.items()}


def sayable(person: User, thread_id: UUID) -> list[Filled]:
    """In the order of the desk's list. Raises NotFound for parties and for who cannot see the thread, Forbidden for who
    may only read there, TalkFirst for a mediator outside of a private talk.
    """
    thread = audience.thread_to_compose(person, thread_id)
    if audience.staff_role(person) is None:
        raise NotFound
    place = rules.place(thread.audience)
    found = [one for one in _in_use() if place in one.places and person.role in one.roles]
    scene = _scene(person, thread, place) if found else None
    return [_filled(one, scene, person) for one in found] if scene else []


def _in_use() -> list[Macro]:
    texts = Prefetch("texts", MacroText.objects.order_by("language"))
    return [one for one in Macro.objects.filter(is_active=True).prefetch_related(texts) if one.texts.all()]


def _filled(macro: Macro, scene: _Scene, person: User) -> Filled:
    texts = {one.language: one for one in macro.texts.all()}
    said_in = rules.languages(texts, [reader.language for reader in scene.readers])
    own = rules.languages(texts, [person.language])[0]
    parts = [rules.fill(texts[language].body, scene.values(language)) for language in said_in]
    return Filled(macro.key, texts[own].title, "\n\n".join(parts), said_in, sorted(texts))


def _scene(person: User, thread: Thread, place: Place) -> _Scene:
    contract = thread.room.contract
    client, freelancer = contract.client, contract.freelancer
    party = {"caucus_client": client, "caucus_freelancer": freelancer}.get(thread.audience)
    readers = {Place.JOINT: [client, freelancer], Place.INTERNAL: [person]}.get(place) or [party or person]
    filed = Dispute.objects.filter(room=thread.room_id, number__isnull=False)  # a draft is its filer's alone
    case = filed.order_by("-created_at").first()
    said = {
        Variable.CLIENT: _first_name(client),
        Variable.FREELANCER: _first_name(freelancer),
        Variable.PARTY: _first_name(party) if party else "",
        Variable.ME: _first_name(person),
        Variable.CONTRACT: contract.title,
        Variable.CASE: str(case.number) if case else "",
    }
    return _Scene(readers, said, _due(case), (party or person).time_zone)


def _first_name(person: User) -> str:
    return person.name.split(" ", 1)[0]


def _due(case: Dispute | None) -> datetime | None:
    """The next deadline that both parties read."""
    running = Deadline.objects.filter(dispute=case, ended_at__isnull=True) if case else Deadline.objects.none()
    return running.order_by("due_at").values_list("due_at", flat=True).first()


def _moment(at: datetime | None, language: str, zone: str) -> str:
    """With the zone, which not every reader shares."""
    if at is None:
        return ""
    with translation.override(language), timezone.override(zoneinfo.ZoneInfo(zone)):
        return f"{written(at)} ({zone})"
