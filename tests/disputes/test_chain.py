"""S-10: any edit, deletion, insertion, reordering or cut of a chain shows. 600 of them, drawn at random."""

import hashlib
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mediation.disputes.rules.chain import BEGINNING, Link, find_break, link

LENGTH = 12
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TYPES = ["dispute.file", "dispute.decline", "dispute.make_offer", "dispute.accept_offer"]


def a_chain(salt: str) -> list[Link]:
    """As `actions.records` makes them."""
    chain: list[Link] = []
    for number in range(1, LENGTH + 1):
        previous = chain[-1].hash if chain else BEGINNING
        content = hashlib.sha256(f"{salt} {number}".encode()).hexdigest()
        at, type_ = BEGIN + timedelta(minutes=number), TYPES[number % len(TYPES)]
        made = link(previous, number, type_, salt, "joint", content, at)
        chain.append(Link(number, type_, salt, "joint", content, previous, made, at))
    return chain


WHOLE, OTHER = a_chain("Helen"), a_chain("Mateo")
PLACES = st.integers(0, LENGTH - 1)
EDITS = st.sampled_from(
    [
        {"type": "dispute.withdraw"},
        {"actor": "Olga"},
        {"actor": ""},
        {"audience": "internal"},
        {"content_hash": "0" * 64},
        {"previous_hash": "0" * 63 + "1"},
        {"hash": "f" * 64},
        {"at": BEGIN - timedelta(milliseconds=1)},
        {"number": 99},
    ]
)


def holds(chain: list[Link]) -> bool:
    """Whole from its beginning to the head that is known."""
    return find_break(chain) is None and bool(chain) and chain[-1].hash == WHOLE[-1].hash


def test_an_untouched_chain_holds() -> None:
    assert holds(WHOLE)


@settings(max_examples=200)
@given(place=PLACES, edit=EDITS)
def test_an_edit_shows(place: int, edit: dict[str, object]) -> None:
    assert not holds([*WHOLE[:place], WHOLE[place]._replace(**edit), *WHOLE[place + 1 :]])


@settings(max_examples=200)
@given(place=PLACES, count=st.integers(1, LENGTH))
def test_what_is_cut_out_shows(place: int, count: int) -> None:
    """Also at the end."""
    assert not holds([*WHOLE[:place], *WHOLE[place + count :]])


@settings(max_examples=100)
@given(place=st.integers(0, LENGTH), other=PLACES)
def test_what_is_put_in_shows(place: int, other: int) -> None:
    for added in (OTHER[other], WHOLE[other], OTHER[other]._replace(number=place + 1)):
        assert not holds([*WHOLE[:place], added, *WHOLE[place:]])


@settings(max_examples=100)
@given(order=st.permutations(WHOLE))
def test_another_order_shows(order: list[Link]) -> None:
    assert holds(order) == (order == WHOLE)


@settings(max_examples=100)
@given(place=PLACES)
def test_a_forger_who_makes_the_rest_anew_is_found_by_the_head(place: int) -> None:
    """Every hash after the change is right, and the end is not the one that was given out."""
    forged = [*WHOLE[:place], WHOLE[place]._replace(content_hash="0" * 64), *WHOLE[place + 1 :]]
    for number in range(place, LENGTH):
        previous = forged[number - 1].hash if number else BEGINNING
        one = forged[number]._replace(previous_hash=previous)
        made = link(previous, one.number, one.type, one.actor, one.audience, one.content_hash, one.at)
        forged[number] = one._replace(hash=made)
    assert find_break(forged) is None
    assert not holds(forged)
