"""Every answer and every log line carries the request's id; a stranger cannot smuggle anything in with it."""

import json
import logging

import pytest
from django.test import Client

from mediation.core.logs import JsonLines, RequestId, request_id


@pytest.mark.parametrize("given", ["4f1c9e9c-1111-4222-8333-944445555666", "abc123"])
def test_a_proxys_id_is_kept(given: str) -> None:
    assert Client().get("/healthz", headers={"X-Request-Id": given})["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "é", "<script>", "a=1"])
def test_any_other_id_is_replaced(given: str) -> None:
    assert Client().get("/healthz", headers={"X-Request-Id": given})["X-Request-Id"].isalnum()


def test_a_log_line_is_json_with_the_id_and_only_the_fields_we_name() -> None:
    record = logging.makeLogRecord(
        {"name": "x", "levelname": "INFO", "msg": "sent %s", "args": ("7",), "body": "secret"}
    )
    token = request_id.set("abc")
    RequestId().filter(record)
    request_id.reset(token)
    line = json.loads(JsonLines().format(record))
    assert (line["request"], line["message"], line["level"]) == ("abc", "sent 7", "info")
    assert "secret" not in str(line)
