"""The form of an offer says what is wrong by the sum and by the moment, in the reader's time, and loses nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from mediation.core import clock
from mediation.disputes.models import Offer
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.ways import case_in
from tests.web.test_case_pages import do, page, text_of

pytestmark = pytest.mark.django_db
TYPED = {"terms": "Tested on phones\nPaid by Friday", "note": "Please take it"}


@pytest.fixture
def door(client: Client, cast: Cast) -> str:
    User.objects.update(language="en")
    User.objects.filter(pk=cast.client.pk).update(time_zone="Asia/Tokyo")
    case = case_in(cast, State.NEGOTIATING)
    client.force_login(User.objects.get(pk=cast.client.pk))
    return do(case.row, "make_offer")


def in_tokyo(length: timedelta) -> str:
    with timezone.override("Asia/Tokyo"):
        return timezone.localtime(clock.now() + length).strftime("%Y-%m-%dT%H:%M")


def refused(client: Client, door: str, **said: str) -> str:
    whole = {"refund_minor": "200", "release_minor": "2,000", "expires_at": in_tokyo(timedelta(days=2))} | TYPED | said
    answer = client.post(door, whole)
    assert answer.status_code == 400
    html = answer.content.decode()
    for value in whole.values():
        assert value in html, "nothing that was typed is lost"
    assert not Offer.objects.exists()
    return text_of(html)


@pytest.mark.parametrize(
    ("release", "said"),
    [
        ("2,300.50", "Together they are $300.50 too much: the two must add up to $2,200.00."),
        ("1,999.99", "Together they are $0.01 too little: the two must add up to $2,200.00."),
    ],
)
def test_sums_that_do_not_add_up_are_told_by_how_much(client: Client, door: str, release: str, said: str) -> None:
    assert said in refused(client, door, release_minor=release)


def test_the_time_is_named_and_its_bounds_are_said_in_it(client: Client, cast: Cast, door: str) -> None:
    form = page(client, User.objects.get(pk=cast.client.pk), door)
    assert "In your time, Tokyo." in form.partition('id="f-expires_at-help"')[2][:60]
    late = refused(client, door, expires_at=in_tokyo(timedelta(days=300)))
    assert re.search(r"too far off\. Choose an earlier moment\. The latest is .+ in your time, Tokyo\.", late)
    for soon in (timedelta(hours=-3), timedelta(minutes=30)):
        assert "The earliest is" in refused(client, door, expires_at=in_tokyo(soon))


def test_the_moments_that_are_said_are_taken(client: Client, door: str) -> None:
    with clock.at((clock.now() + timedelta(days=1)).replace(hour=3, minute=58, second=59)):
        early = refused(client, door, expires_at=in_tokyo(timedelta(0)))
        assert "15:05 in your time" in early  # 5:58:59 in UTC is 14:58:59 in Tokyo, and a while is left to type it
        said = {"refund_minor": "200", "release_minor": "2,000"} | TYPED
        assert (
            client.post(door, said | {"expires_at": in_tokyo(timedelta(hours=2, minutes=6, seconds=1))}).status_code
            == 302
        )


def test_other_moments_say_it_too(client: Client, cast: Cast) -> None:
    User.objects.update(language="en")
    case = case_in(cast, State.MEDIATING)
    client.force_login(cast.mediator)
    for command in ("make_request", "promise"):
        said = {"asked_of": cast.client.pk, "kind": "answer", "text": "The plan", "due_at": "2020-01-01T10:00"}
        answer = client.post(do(case.row, command), said)
        assert answer.status_code == 400
        assert "The earliest is" in text_of(answer.content.decode())
