"""Macros: found by who may say them, filled in for the case, in the languages of who reads them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from accounts.models import User
from accounts.rules import Role
from mediation.conversations.errors import TalkFirst
from mediation.core.errors import Forbidden, NotFound
from mediation.desk.actions.macros import add_defaults
from mediation.desk.models import Macro, MacroText
from mediation.desk.queries.macros import sayable
from mediation.desk.rules import macros as rules
from mediation.desk.rules.default_macros import DEFAULT_MACROS
from mediation.desk.rules.macros import Place, Variable
from mediation.disputes.models import Deadline, Dispute
from tests.cast import Cast
from tests.disputes.conftest import Say

pytestmark = pytest.mark.django_db
ALL_STAFF = [Role.AGENT.value, Role.SENIOR.value]


def macro(key: str = "ask", *, places: tuple[str, ...] = ("joint",), position: int = 1, **texts: str) -> Macro:
    made = Macro.objects.create(key=key, places=list(places), roles=ALL_STAFF, position=position)
    for language, body in texts.items():
        MacroText.objects.create(macro=made, language=language, title=f"{key} {language}", body=body)
    return made


# --- rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello {client}", "Hello Helen"),
        ("Hello { client }, {me}", "Hello Helen, {client}"),
        ("{party}?", "…?"),
        ("{} {Client} {{client}}", "… … {Helen}"),
        ("nothing", "nothing"),
    ],
)
def test_a_text_is_filled_in_once(text: str, filled: str) -> None:
    assert rules.fill(text, {"client": "Helen", "me": "{client}"}) == filled


def test_what_cannot_be_filled_in_is_named() -> None:
    assert rules.unknown("{client} {Client} {amount} {}") == ["Client", "amount", ""]
    assert rules.unknown(" ".join(f"{{{one.value}}}" for one in Variable)) == []


@pytest.mark.parametrize(
    ("variants", "readers", "said"),
    [
        ({"en", "es", "nl"}, ["en", "es"], ["en", "es"]),
        ({"en", "es", "nl"}, ["es", "es-co"], ["es"]),
        ({"en", "es"}, ["nl", "es"], ["en", "es"]),
        ({"es", "nl"}, ["en"], ["es"]),
        ({"en"}, [], ["en"]),
        (set(), ["en"], []),
    ],
)
def test_each_reader_has_their_language(variants: set[str], readers: list[str], said: list[str]) -> None:
    assert rules.languages(variants, readers) == said


def test_the_standard_macros_are_in_every_language_and_can_be_filled_in(settings: Any) -> None:
    spoken = {code for code, _name in settings.LANGUAGES}
    for one in DEFAULT_MACROS:
        assert set(one.texts) == spoken, one.key
        assert [rules.unknown(said.body) for said in one.texts.values()] == [[]] * len(spoken), one.key


# --- who may say what, where ---------------------------------------------------------------------------------------


def test_in_front_of_both_each_reads_it_in_their_own_language(cast: Cast) -> None:
    macro(en="Hello {client} and {freelancer}, I am {me}.", es="Hola {client} y {freelancer}, soy {me}.")
    cast.mediate()
    found = sayable(cast.mediator, cast.id_of("joint"))
    assert [one.text for one in found] == ["Hello Helen and Mateo, I am Ana.\n\nHola Helen y Mateo, soy Ana."]
    assert (found[0].title, found[0].said_in, found[0].languages) == ("ask en", ["en", "es"], ["en", "es"])


def test_in_a_private_talk_it_is_said_to_one(cast: Cast, mediation: Say) -> None:
    macro(places=("private",), en="{party}, about {contract}", es="{party}, sobre {contract}")
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    found = sayable(cast.mediator, cast.id_of("caucus_freelancer"))
    assert [(one.text, one.said_in) for one in found] == [("Mateo, sobre Website redesign", ["es"])]
    assert sayable(cast.mediator, cast.id_of("joint")) == []


def test_a_note_is_in_the_language_of_who_writes_it(cast: Cast) -> None:
    macro(places=("internal",), en="{party}{me}", nl="{me}, in het Nederlands")
    cast.mediate()
    User.objects.filter(pk=cast.mediator.pk).update(language="nl")
    cast.mediator.refresh_from_db()
    assert [one.text for one in sayable(cast.mediator, cast.id_of("internal"))] == ["Ana, in het Nederlands"]


def test_the_case_and_its_next_deadline_are_known(cast: Cast, draft: Dispute, mediation: Say) -> None:
    macro(en="Case {case}, by {due}", es="{case}, {due}")
    due = Deadline.objects.filter(dispute=draft, ended_at__isnull=True)
    due.update(due_at=datetime(2027, 3, 2, 9, 30, tzinfo=UTC))
    User.objects.filter(pk=cast.mediator.pk).update(time_zone="Europe/Amsterdam")
    cast.mediator.refresh_from_db()
    number = Dispute.objects.get(pk=draft.pk).number
    with translation.override("nl"):
        said = sayable(cast.mediator, cast.id_of("joint"))[0].text
    english, spanish = said.split("\n\n")
    assert english.startswith(f"Case {number}, by Tue 2 Mar 2027, 10:30 (Europe/Amsterdam)")
    assert spanish.startswith(f"{number}, ")
    assert "mar" in spanish.lower()


def test_a_draft_of_a_claim_is_not_named(cast: Cast, draft: Dispute) -> None:
    """Only its filer knows of it."""
    macro(en="Case {case}, {due}")
    cast.mediate()
    assert [one.text for one in sayable(cast.mediator, cast.id_of("joint"))] == ["Case …, …"]


def test_only_who_may_write_there_and_is_named_finds_it(cast: Cast) -> None:
    macro(en="Hello")
    cast.mediate()
    for person in (cast.client, cast.freelancer, cast.outsider):
        with pytest.raises(NotFound):
            sayable(person, cast.id_of("joint"))
    with pytest.raises(Forbidden):
        sayable(cast.agent, cast.id_of("joint"))
    Macro.objects.update(roles=[Role.SENIOR.value])
    assert sayable(cast.mediator, cast.id_of("joint")) == []


def test_without_a_private_talk_there_is_nothing_to_say_in_private(cast: Cast, mediation: Say) -> None:
    macro(places=("private",), en="Hello")
    with pytest.raises(TalkFirst):
        sayable(cast.mediator, cast.id_of("caucus_client"))


def test_what_is_switched_off_or_has_no_text_is_not_found(cast: Cast) -> None:
    cast.mediate()
    macro("empty")
    Macro.objects.filter(pk=macro("off", en="Off").pk).update(is_active=False)
    macro("second", position=2, en="2")
    macro("first", position=1, en="1")
    assert [one.key for one in sayable(cast.mediator, cast.id_of("joint"))] == ["first", "second"]


def test_the_standard_ones_are_added_once_and_what_was_changed_stays() -> None:
    call_command("add_macros")
    assert Macro.objects.count() == len(DEFAULT_MACROS)
    Macro.objects.filter(key="hello").update(is_active=False)
    assert add_defaults() == 0
    assert not Macro.objects.get(key="hello").is_active


# --- administration ------------------------------------------------------------------------------------------------


def form(**changes: object) -> dict[str, object]:
    said = {
        "key": "slow-down", "position": 5, "places": ["joint"], "roles": ["agent"], "is_active": "on",
        "texts-TOTAL_FORMS": 1, "texts-INITIAL_FORMS": 0, "texts-0-language": "en", "texts-0-title": "Slow down",
        "texts-0-body": "Take a day, {client}.",
    }  # fmt: skip
    return said | changes


def test_a_lead_adds_one_without_code(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)
    cast.mediate()
    assert client.post("/admin/desk/macro/add/", form()).status_code == 302
    assert [one.text for one in sayable(cast.mediator, cast.id_of("joint"))] == ["Take a day, Helen."]
    page = client.get("/admin/desk/macro/").content.decode()
    assert "/slow-down" in page
    assert "In front of both parties" in page


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"texts-0-body": "Take {weeks}."}, "{weeks} cannot be filled in. Use one of these: {client}, "),
        ({"key": "Slow down"}, "Use small letters, digits and single hyphens"),
        ({"places": []}, "This field is required"),
        ({"texts-TOTAL_FORMS": 0}, "Write the text in at least one language."),
    ],
)
def test_a_slip_is_refused_with_what_to_do(cast: Cast, client: Client, changes: dict[str, Any], why: str) -> None:
    client.force_login(cast.admin)
    answer = client.post("/admin/desk/macro/add/", form(**changes))
    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert not Macro.objects.exists()
    assert Place.JOINT.value in answer.content.decode()
