"""The judge of every benchmark sees what it must see. Each fault is planted once."""

import pytest

from benchmarks.ledger import BODY_BYTES, Ledger, body, number_of

ROOM, ANOTHER = "room", "another room"
SEATS = [(ROOM, "ana"), (ROOM, "ben")]


@pytest.fixture
def ledger() -> Ledger:
    """Three acknowledged messages that Ana got; Ben has none yet."""
    ledger = Ledger()
    for order in (1, 2, 3):
        number = ledger.start(ROOM, 2)
        ledger.ack(number)
        ledger.take(ROOM, "ana", order, number)
    return ledger


def ben_gets(ledger: Ledger, *turns: int) -> list[str]:
    numbers = list(ledger.sent_at)
    for turn in turns:
        ledger.take(ROOM, "ben", turn, numbers[turn - 1])
    return ledger.faults(SEATS)


def test_everything_once_and_in_order_is_no_fault(ledger: Ledger) -> None:
    assert ben_gets(ledger, 1, 2, 3) == []
    assert ledger.outstanding == 0
    assert len(ledger.last_member_seconds) == 3


def test_a_lost_message_is_a_fault(ledger: Ledger) -> None:
    [fault] = ben_gets(ledger, 1, 3)
    assert "1 lost" in fault
    assert ledger.outstanding == 1


def test_a_doubled_message_is_a_fault(ledger: Ledger) -> None:
    [fault] = ben_gets(ledger, 1, 2, 2, 3)
    assert "1 doubled" in fault


def test_messages_out_of_order_are_a_fault(ledger: Ledger) -> None:
    [fault] = ben_gets(ledger, 2, 1, 3)
    assert "1 out of order" in fault


def test_a_message_of_another_room_is_a_fault(ledger: Ledger) -> None:
    number = ledger.start(ANOTHER, 0)
    ledger.take(ROOM, "ben", 4, number)
    faults = ben_gets(ledger, 1, 2, 3)
    assert any("1 from another room" in fault for fault in faults)


def test_a_message_without_acknowledgement_may_arrive_or_not(ledger: Ledger) -> None:
    ledger.start(ROOM, 2)
    assert ben_gets(ledger, 1, 2, 3) == []


def test_a_text_says_its_number_and_has_its_length() -> None:
    assert number_of(body(42)) == 42
    assert len(body(42)) == BODY_BYTES
    assert number_of("What was said before the benchmark") is None
