"""Decoding takes what is in the language and answers everything else with `Malformed`, never with an accident."""

import json
import re
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediation.live import protocol as p

SOME = "6e9b6b68-2255-4bb3-b666-d0d9eee56536"
VALID: dict[str, dict[str, Any]] = {
    "hello": {"v": 1, "epoch": "e", "room": SOME, "cursors": {SOME: 3}},
    "send": {
        "cid": SOME, "thread": SOME, "text": "Hi", "reply_to": 1, "mentions": [SOME], "files": [SOME], "seen": 4,
        "confirmed": True,
    },
    "edit": {"cid": SOME, "thread": SOME, "seq": 1, "text": "Hi", "rev": 2},
    "remove": {"cid": SOME, "thread": SOME, "seq": 1, "reason": "Mistake"},
    "react": {"cid": SOME, "thread": SOME, "seq": 1, "reaction": "heart", "on": True},
    "topic.open": {"cid": SOME, "room": SOME, "audience": "joint", "title": "Refund"},
    "topic.rename": {"cid": SOME, "thread": SOME, "title": "Refund"},
    "topic.resolve": {"cid": SOME, "thread": SOME},
    "topic.reopen": {"cid": SOME, "thread": SOME},
    "draft": {"thread": SOME, "text": "Hi", "reply_to": 1},
    "help.ask": {"cid": SOME, "room": SOME, "note": "Please"},
    "help.cancel": {"cid": SOME, "room": SOME},
    "join": {"cid": SOME, "room": SOME},
    "leave": {"cid": SOME, "room": SOME},
    "read": {"thread": SOME, "seq": 1},
    "typing": {"thread": SOME, "on": False},
    "holds": {"thread": SOME, "on": True},
    "look": {"case": SOME},
    "watch": {"cases": [SOME]},
    "applied": {"n": 7},
    "ping": {},
}  # fmt: skip

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text() | st.just(SOME),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
fast = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def decode(t: str, **fields: Any) -> p.Command:
    return p.decode(json.dumps({"t": t, **fields}))


def is_decided(frame: bytes | str) -> None:
    """Taken or Malformed; anything else fails the test by itself."""
    problem = None
    try:
        p.decode(frame)
    except p.Malformed as raised:
        problem = raised
    assert problem is None or (re.fullmatch(r"frame\.[a-z_]+", problem.code) and str(problem.message))


def test_every_command_has_an_example_here() -> None:
    assert set(VALID) == set(p.COMMANDS)


@pytest.mark.parametrize("t", VALID)
def test_a_command_with_all_its_fields_is_taken(t: str) -> None:
    command, must, may = p.COMMANDS[t]
    assert isinstance(decode(t, **VALID[t]), command)
    assert set(VALID[t]) == set(must) | set(may)


@pytest.mark.parametrize("t", VALID)
def test_only_the_fields_it_must_have_are_needed(t: str) -> None:
    must = {name: VALID[t][name] for name in p.COMMANDS[t][1]}
    assert isinstance(decode(t, **must), p.COMMANDS[t][0])
    for name in must:
        with pytest.raises(p.Malformed):
            decode(t, **{key: value for key, value in must.items() if key != name})


@pytest.mark.parametrize("t", VALID)
def test_an_unknown_field_is_refused(t: str) -> None:
    with pytest.raises(p.Malformed, match=r"frame\.field"):
        decode(t, **VALID[t], surprise=1)


@pytest.mark.parametrize("text", ["\0", "a\0b", "x" * 20_001])
def test_a_text_that_cannot_be_kept_is_refused_with_its_client_id(text: str) -> None:
    with pytest.raises(p.Malformed) as refused:
        decode("send", cid=SOME, thread=SOME, text=text)
    assert refused.value.cid == UUID(SOME)


@pytest.mark.parametrize("escape", [rb"\ud800", rb"\udfff", rb"\udc00\ud800"])
def test_a_lone_surrogate_is_refused(escape: bytes) -> None:
    with pytest.raises(p.Malformed):
        p.decode(b'{"t":"send","cid":"%s","thread":"%s","text":"%s"}' % (SOME.encode(), SOME.encode(), escape))


@pytest.mark.parametrize("number", [-1, 2**31, 2**64, True, 1.0, "1", None])
def test_a_seq_the_database_cannot_hold_is_refused(number: object) -> None:
    with pytest.raises(p.Malformed):
        decode("read", thread=SOME, seq=number)


@pytest.mark.parametrize(
    "name", [SOME.upper(), SOME.replace("-", ""), "{" + SOME + "}", "urn:uuid:" + SOME, SOME[:-1], 5]
)
def test_only_a_plain_uuid_names_a_thread(name: object) -> None:
    try:
        taken = decode("topic.resolve", cid=SOME, thread=name)
    except p.Malformed:
        return
    assert isinstance(taken, p.ResolveTopic)
    assert str(taken.thread) == str(name).lower()


@fast
@given(st.binary(max_size=200))
def test_random_bytes_are_decided(frame: bytes) -> None:
    is_decided(frame)


@fast
@given(json_values)
def test_random_json_is_decided(value: Any) -> None:
    try:
        frame = orjson.dumps(value)
    except TypeError:
        return
    is_decided(frame)


@fast
@given(st.sampled_from(list(VALID)), st.data())
def test_every_field_may_hold_anything_and_is_decided(t: str, data: st.DataObject) -> None:
    frame = {"t": t} | VALID[t]
    for name in data.draw(st.lists(st.sampled_from([*frame, "t", "more"]), max_size=3)):
        frame[name] = data.draw(json_values)
    try:
        encoded = orjson.dumps(frame)
    except TypeError:
        return
    is_decided(encoded)


@fast
@given(st.sampled_from(list(VALID)), st.integers(0, 400), st.integers(0, 255))
def test_a_frame_with_a_wrong_byte_is_decided(t: str, where: int, byte: int) -> None:
    frame = bytearray(orjson.dumps({"t": t} | VALID[t]))
    frame[where % len(frame)] = byte
    is_decided(bytes(frame))


def test_a_bottomless_frame_is_decided() -> None:
    is_decided(b"[" * 60_000)
    is_decided(b'{"t":"send","text":' + b'{"a":' * 10_000)
    is_decided(b" " * (p.FRAME_BYTES + 1))
