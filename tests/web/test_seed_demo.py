"""The demo data: complete, believable, and the same after a second run."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from accounts.rules import Role
from mediation.conversations import audience
from mediation.conversations.models import Attachment, Contract, Draft, HelpRequest, Message, ReadMark, Room, Thread
from mediation.core import clock
from mediation.events.models import Event
from mediation.web.demo.people import PASSWORD, SIGN_INS

EVERYTHING = (User, Contract, Room, Thread, Message, Event, Attachment, ReadMark, Draft, HelpRequest)


@pytest.fixture
def demo(db: None, settings: object, tmp_path: object) -> str:
    """The database after one run, and what the command said."""
    settings.MEDIA_ROOT = tmp_path
    said = StringIO()
    call_command("seed_demo", stdout=said)
    return said.getvalue()


def everything() -> list[list[object]]:
    return [list(model.objects.order_by("pk").values()) for model in EVERYTHING]


def test_it_shows_contracts_of_every_kind_in_three_languages(demo: str) -> None:
    assert Contract.objects.count() >= 12
    assert set(Contract.objects.values_list("status", flat=True)) == set(Contract.Status.values)
    assert set(Contract.objects.values_list("kind", flat=True)) == set(Contract.Kind.values)
    assert set(Contract.objects.values_list("currency", flat=True)) == {"USD", "EUR", "GBP"}
    assert set(User.objects.values_list("role", flat=True)) == {role.value for role in Role}
    assert set(User.objects.values_list("language", flat=True)) == {"en", "es", "nl"}


def test_two_rooms_wait_for_a_mediator(demo: str) -> None:
    assert HelpRequest.objects.filter(taken_at=None, ended_at=None).count() == 2


def test_a_second_run_changes_nothing(demo: str) -> None:
    before = everything()
    call_command("seed_demo", verbosity=0)
    assert everything() == before


def test_everything_happened_in_the_past_and_in_order(demo: str) -> None:
    assert not Event.objects.filter(at__gt=clock.now()).exists()
    for thread in Thread.objects.all():
        events = list(Event.objects.filter(topic_id=thread.pk).order_by("seq").values_list("seq", "at"))
        assert [seq for seq, _at in events] == list(range(1, thread.head_seq + 1))
        assert [at for _seq, at in events] == sorted(at for _seq, at in events)


def test_a_picture_and_a_pdf_are_attached(demo: str) -> None:
    kinds = dict(Attachment.objects.values_list("content_type", "name"))
    assert kinds == {"image/png": "checkout-iphone-27oct.png", "application/pdf": "Content hand-over, 19 Oct.pdf"}
    assert Attachment.objects.get(content_type="image/png").thumbnail


def test_outsiders_see_none_of_it(demo: str) -> None:
    olga = User.objects.get(email="olga@parley.example")
    assert [room.contract.title for room in audience.readable_rooms(olga)] == ["Garden plan, north slope"]


def test_everybody_on_the_list_can_sign_in(demo: str, client: Client) -> None:
    for email, _who in SIGN_INS:
        assert email in demo
        assert User.objects.get(email=email).is_active
    assert client.login(email=SIGN_INS[0][0], password=PASSWORD)


def test_it_refuses_to_run_in_production(db: None, settings: object) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("seed_demo")
    assert not User.objects.exists()
