"""Requests that nobody should send, made from the OpenAPI file and a seed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from tests.api.contract import openapi, operations

ODD_TEXTS = (
    "", " ", "a" * 21_000, "\x00", "a\x00b", "\u202eabc", "🙂" * 5_000, "-1", "9" * 400, "1e309", "%00",
    "../../etc/passwd",
    "<script>alert(1)</script>", "'; DROP TABLE accounts_user; --", "\ufffe\uffff", "null", "true", "NaN", "\r\nX: y",
    "*", '"', '" OR "', "a*", "NEAR(a b)", "^a", "a:b", "-a", "(((((", "ﷺ" * 300, "\u0300" * 2_000, "İ",
    "and or not",
    "0001-01-01T00:00:00+14:00~00000000-0000-4000-8000-000000000000~1",
    "9999-12-31T23:59:59-14:00~00000000-0000-4000-8000-000000000000~1",
    "2026-01-01~00000000-0000-4000-8000-000000000000~1", "2026-01-01T00:00:00Z~x~y",
    "2026-01-01T00:00:00Z~00000000-0000-4000-8000-000000000000~99999999999999999999",
    "0001-01-01T00:00:00+14:00~00000000-0000-4000-8000-000000000000",
    "9999-12-31T23:59:59-14:00~00000000-0000-4000-8000-000000000000",
    "00000000-0000-4000-8000-000000000000:99999999999", "00000000-0000-4000-8000-000000000000:-1",
)  # fmt: skip
ODD_VALUES = (
    None, True, False, 0, -1, 1, 2**31 - 1, 2**31, 2**63, 10**30, 1.5, -0.0, 1e308, [], {}, [[]], [None], [1] * 1_000,
    {"a": {}}, {"": ""}, {"__proto__": 1}, *ODD_TEXTS,
)  # fmt: skip
RAW_BODIES = (
    b"", b"{", b"[]", b"null", b"0", b'"x"', b"\xff\xfe", b"\x00", b"[" * 50_000, b'{"text":"\\ud800"}', b'{"seq":NaN}',
    b'{"a":1,"a":2}', b"{}" * 10, b'{"seq":1e999}', "{\"text\":\"é\"}".encode("latin-1"), b'\xef\xbb\xbf{"seq":1}',
)  # fmt: skip
MEDIA = (
    "application/json", "application/json; charset=utf-16", "application/json; charset=nonsense", "text/plain", "", "x",
    "multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/xml",
)  # fmt: skip


@dataclass(frozen=True)
class Attack:
    """One request."""

    method: str
    url: str
    body: bytes
    media: str


def attacks(count: int, seed: int, ids: dict[str, list[str]]) -> Iterator[Attack]:
    """`count` requests; `ids` are good values for the parts of an address, so that some get through to the actions."""
    random = Random(seed)
    known = list(operations())
    for _ in range(count):
        path, method, operation = random.choice(known)
        yield _attack(random, path, method, operation, ids)


def _attack(random: Random, path: str, method: str, operation: dict[str, Any], ids: dict[str, list[str]]) -> Attack:
    query = []
    for parameter in operation.get("parameters", []):
        name = parameter["name"]
        if parameter["in"] == "path":
            good = random.random() < 0.9
            value = random.choice(ids[name]) if good else quote(str(random.choice(ODD_TEXTS))[:200], safe="")
            path = path.replace("{" + name + "}", value)
        elif random.random() < 0.6:
            query.append((name, _text(random, ids)))
    if random.random() < 0.05:
        query.append((str(random.choice(ODD_TEXTS))[:50], "x"))
    url = path + ("?" + urlencode(query, errors="replace") if query else "")
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return Attack(method, url, *_body(random, schema, ids))


def _body(random: Random, schema: dict[str, Any], ids: dict[str, list[str]]) -> tuple[bytes, str]:
    dice = random.random()
    if dice < 0.08:
        return random.choice(RAW_BODIES), random.choice(MEDIA)
    if dice < 0.1:
        return bytes(random.randrange(256) for _ in range(random.randrange(60))), "application/json"
    media = "application/json" if random.random() < 0.95 else random.choice(MEDIA)
    return json.dumps(_value(random, schema, ids)).encode(), media


def _value(random: Random, schema: dict[str, Any], ids: dict[str, list[str]]) -> Any:
    """A value of the schema, or now and then something else."""
    if random.random() < 0.12:
        return random.choice(ODD_VALUES)
    schema = _resolved(random.choice(schema.get("anyOf", [schema])))
    kind = "enum" if "enum" in schema else schema.get("format") or schema.get("type")
    if kind == "object":
        return _object(random, schema, ids)
    if kind == "array":
        return [_value(random, schema["items"], ids) for _ in range(random.randrange(4))]
    choices = {
        "enum": schema.get("enum"),
        "integer": (0, 1, 2, 3, 5, 50),
        "boolean": (True, False),
        "uuid": (*ids["any"], str(uuid4())),
        "date-time": ("2030-01-01T00:00:00Z", "2001-01-01T00:00:00+14:00", "2030-01-01", *ODD_TEXTS),
    }
    return random.choice(choices.get(kind) or ("Hello", "A draft", *ODD_TEXTS))


def _object(random: Random, schema: dict[str, Any], ids: dict[str, list[str]]) -> dict[str, Any]:
    required = schema.get("required", [])
    made = {
        name: _value(random, inner, ids)
        for name, inner in schema.get("properties", {}).items()
        if random.random() < (0.95 if name in required else 0.5)
    }
    if random.random() < 0.05:
        made[str(random.choice(ODD_TEXTS))[:60]] = 1
    return made


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "allOf" in schema:
        schema = schema["allOf"][0]
    if "$ref" in schema:
        return openapi()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _text(random: Random, ids: dict[str, list[str]]) -> str:
    return str(random.choice((*ODD_TEXTS, *ids["any"], "draft", "1", "50", "all", "unread", "joint")))
