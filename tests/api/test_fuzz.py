"""Bad input is refused in the one shape and never breaks anything (O-01, over HTTP)."""

import os
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from mediation.disputes.actions import claims, glass
from mediation.disputes.forms import FORMS
from mediation.disputes.rules.glass import Ground
from mediation.disputes.rules.milestones import Act
from tests.api.conftest import SignIn
from tests.api.contract import assert_as_promised
from tests.api.fuzz import Attack, attacks
from tests.cast import Cast

QUICK = 600
COUNT = int(os.environ.get("PARLEY_FUZZ_REQUESTS", QUICK))  # the long form asks for 20,000 and more
SEEDS = (1, 2, 3)


@pytest.fixture
def ids(cast: Cast, settings: Any) -> dict[str, list[str]]:
    """Good values for the parts of an address."""
    settings.LIVE_SEND_BURST = 1_000_000
    cast.mediate()
    case = str(claims.ask_without_claim(user=cast.client, room_id=cast.room.pk).dispute_id)
    seq = cast.say(cast.client, "A draft").seq
    threads = [str(cast.id_of(audience)) for audience in ("joint", "caucus_client", "internal")]
    room = str(cast.room.pk)
    why = {"ground": Ground.CONDUCT, "reason": "She complains."}
    look = glass.ask(user=cast.supervisor, dispute_id=UUID(case), party_id=cast.client.pk, **why)
    people = [str(cast.client.pk), str(cast.freelancer.pk)]
    return {
        "room": [room],
        "thread": threads,
        "file": [room],
        "seq": [str(seq), "1", "0", "999999999", "9999999999"],
        "name": ["heart", "eyes", "nonsense"],
        "dispute": [case],
        "command": [*FORMS, "nonsense"],
        "position": ["1", "2", "0", "999999999", "9999999999"],
        "number": ["1", "2", "0", "999999999", "9999999999"],
        "act": [*(act.value for act in Act), "approve", "open", "end", "nonsense"],
        "glass": [str(look.pk)],
        "any": [room, case, *threads, *people],
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_bad_input_is_refused_and_never_an_error_of_ours(
    cast: Cast, api: SignIn, ids: dict[str, list[str]], seed: int
) -> None:
    people = [api(cast.client), api(cast.mediator), api(cast.supervisor)]
    for number, attack in enumerate(attacks(COUNT // len(SEEDS), seed, ids)):
        with transaction.atomic():  # so that an error here would not hide the next one
            fire(people[number % len(people)], attack)


def fire(client: Client, attack: Attack) -> None:
    """Send it, and look at the answer."""
    answer = client.generic(attack.method.upper(), attack.url, attack.body, attack.media)
    assert answer.status_code < 500, attack
    if answer.status_code >= 400:
        assert answer.json().keys() == {"code", "message", "retry", "detail"}, attack
    if answer.resolver_match.url_name != "api-nothing" and answer.status_code not in (400, 404):
        assert_as_promised(answer)
