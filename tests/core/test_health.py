"""`/healthz` and `/readyz`: what is dead is named, and only what stops messages answers 503."""

import time

import pytest
import redis
from django.test import Client

from mediation.core import health, pulse
from mediation.core.redis import client as redis_client
from mediation.core.redis import key

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def alive() -> None:
    pulse.mark("worker")
    pulse.mark("beat")


def ask() -> tuple[int, dict]:
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()


def fail(trouble: Exception):
    def check(*args: object) -> str:
        raise trouble

    return check


def test_a_process_that_lives_says_so_without_asking_anybody(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/healthz").content == b"ok\n"


def test_all_well() -> None:
    status, report = ask()
    assert (status, report["status"]) == (200, "ok")
    assert set(report["checks"]) == {"database", "migrations", "layer", "worker", "beat"}


def test_without_its_database_a_process_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "check_database", fail(ConnectionError("refused")))
    status, report = ask()
    assert (status, report["status"], report["checks"]["database"]["ok"]) == (503, "down", False)


def test_a_dead_redis_degrades_and_keeps_its_address_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "age", fail(redis.ConnectionError("Error 111 connecting to redis.internal:6379")))
    status, report = ask()
    assert (status, report["status"]) == (200, "degraded")
    assert "redis.internal" not in str(report)


@pytest.mark.parametrize("who", ["worker", "beat"])
def test_a_pulse_that_stopped_degrades(who: str) -> None:
    redis_client().set(key(f"pulse:{who}"), time.time() - 2 * pulse.OLD_AFTER_SECONDS)
    status, report = ask()
    assert (status, report["status"]) == (200, "degraded")
    assert report["checks"][who]["says"].startswith("last seen")


def test_whoever_never_had_a_pulse_is_named() -> None:
    redis_client().delete(key("pulse:beat"))
    assert ask()[1]["checks"]["beat"]["says"].endswith("has never shown a pulse")


def test_the_report_is_never_kept() -> None:
    assert "no-store" in Client().get("/readyz")["Cache-Control"]
