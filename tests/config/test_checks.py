"""Wrong settings stop the start and name themselves."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mediation.config import checks, env
from mediation.config.mail import mail_settings
from tests.architecture.tree import ROOT

GOOD_PRODUCTION = {
    "PARLEY_PRODUCTION": "1",
    "SECRET_KEY": "k9v" * 30 + "Zq!7",
    "PUBLIC_URL": "https://parley.example.com",
    "ALLOWED_HOSTS": "parley.example.com",
    "BEHIND_PROXY": "1",
    "EMAIL_URL": "smtp://post:secret@mail.example.com:587?tls=1",
}


def check(*options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check` in a process with these variables only."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "PARLEY_RUN_DIR", "VIRTUAL_ENV") if name in os.environ}
    command = [sys.executable, "manage.py", "check", *options]
    return subprocess.run(command, cwd=ROOT, env=known | variables, capture_output=True, text=True, check=False)


def ids(found: object) -> list[str]:
    return [message.id for message in found]


def test_sqlite_with_a_redis_elsewhere_is_an_error(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    settings.REDIS_URL = "redis://redis.internal:6379/0"
    assert ids(checks.check_stores()) == ["parley.E001"]
    settings.REDIS_URL = "redis://127.0.0.1:6379/0"
    assert ids(checks.check_stores()) == []


def test_postgresql_may_have_its_redis_anywhere(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    settings.REDIS_URL = "redis://redis.internal:6379/0"
    assert ids(checks.check_stores()) == []


def test_no_origins_is_an_error(settings) -> None:
    settings.LIVE_ORIGINS = []
    assert ids(checks.check_origins()) == ["parley.E002"]


@pytest.mark.parametrize(
    "origin",
    ["parley.example.com", "https://parley.example.com/", "https://", "ftp://x.example", "https://x:port", "null", "*"],
)
def test_what_is_no_origin_is_named(settings, origin: str) -> None:
    settings.LIVE_ORIGINS = [origin]
    (message,) = checks.check_origins()
    assert message.id == "parley.E003"
    assert repr(origin) in message.msg


def test_production_wants_https_and_an_allowed_host(settings) -> None:
    settings.PRODUCTION, settings.DEBUG = True, True
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "http://parley.example.com", ["localhost"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert ids(checks.check_production()) == ["parley.E004", "parley.E005", "parley.E006", "parley.W001"]


@pytest.mark.parametrize("named", ["multilingual", "", "https://encoder.example.com/v1", "http://127.0.0.1:9/"])
def test_an_encoder_that_may_be_asked(settings, named: str) -> None:
    settings.HELP_ENCODER = named
    assert not checks.check_help_encoder()


@pytest.mark.parametrize("named", ["klingon", "http://encoder.example.com/", "ftp://127.0.0.2/"])
def test_questions_leave_this_machine_over_https_only(settings, named: str) -> None:
    settings.HELP_ENCODER = named
    assert ids(checks.check_help_encoder()) == ["parley.E014"]


GOOD_ZENDESK = {
    "url": "https://name.zendesk.com",
    "client_id": "parley",
    "client_secret": "s",
    "webhook_secrets": ["w"],
    "webhook_id": "1",
    "account_id": "2",
}


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({}, []),
        ({"client_secret": ""}, ["parley.E007"]),
        ({"url": "", "webhook_secrets": []}, ["parley.E007"]),
        ({"url": "http://name.zendesk.com"}, ["parley.E008"]),
        ({"url": "http://127.0.0.1:8001"}, []),
        ({"language": "xx"}, ["parley.E009"]),
        ({"webhook_secrets": ["a", "b", "c"]}, ["parley.E010"]),
        (
            dict.fromkeys(("url", "client_id", "client_secret", "webhook_id", "account_id"), "")
            | {"webhook_secrets": []},
            [],
        ),
    ],
)
def test_zendesk_is_set_up_whole_or_not_at_all(settings, wrong: dict[str, object], found: list[str]) -> None:
    settings.ZENDESK = replace(settings.ZENDESK, **(GOOD_ZENDESK | wrong))
    assert ids(checks.check_zendesk()) == found


@pytest.mark.parametrize("missing", ["SECRET_KEY", "PUBLIC_URL"])
def test_production_does_not_start_without(missing: str) -> None:
    result = check(**{name: value for name, value in GOOD_PRODUCTION.items() if name != missing})
    assert result.returncode != 0
    assert f"{missing} must be set" in result.stderr


def test_a_production_set_up_as_the_readme_says_is_clean_to_deploy() -> None:
    result = check("--deploy", "--fail-level", "WARNING", **GOOD_PRODUCTION)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DEBUG", "perhaps"), ("DATABASE_POOL", "many"), ("LIVE_SEND_BURST", "0"), ("EMAIL_URL", "smtp://")],
)
def test_an_unreadable_value_names_its_variable(variable: str, value: str) -> None:
    base = {"DATABASE_URL": "postgres://u@localhost/x"} if variable == "DATABASE_POOL" else {}
    result = check(**base, **{variable: value})
    assert result.returncode != 0
    assert variable in result.stderr


@pytest.mark.parametrize(
    ("variables", "trusted"), [({}, 0), ({"BEHIND_PROXY": "1"}, 1), ({"BEHIND_PROXY": "1", "TRUSTED_PROXIES": "2"}, 2)]
)
def test_behind_a_proxy_sign_in_is_throttled_by_the_address_before_it(
    variables: dict[str, str], trusted: int, tmp_path: Path
) -> None:
    known = {"PATH": os.environ["PATH"], "PARLEY_RUN_DIR": str(tmp_path)}
    asked = "from mediation.config import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    said = subprocess.check_output([sys.executable, "-c", asked], cwd=ROOT, env=known | variables, text=True)
    assert int(said) == trusted


def test_mail_goes_where_the_url_says() -> None:
    found = mail_settings("smtp://post:se%40cret@mail.example.com:465?ssl=1")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.com", 465)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("post", "se@cret")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (False, True)
    assert mail_settings("file:///var/mail")["EMAIL_FILE_PATH"] == "/var/mail"
    assert str(mail_settings("console://")["EMAIL_BACKEND"]).endswith("console.EmailBackend")


@pytest.mark.parametrize(
    "url", ["", "mailto:x", "smtp://", "file://", "smtp://u:hunter2@h:port", "smtp://u:hunter2@h?tsl=1"]
)
def test_an_unreadable_mail_url_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as refused:
        mail_settings(url)
    assert "hunter2" not in str(refused.value)


def test_flags_and_numbers_read_what_people_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "Yes")
    assert env.flag("X") is True
    monkeypatch.setenv("X", "12")
    assert env.number("X", 1) == 12
    monkeypatch.setenv("X", " a, b ,,c ")
    assert env.words("X") == ["a", "b", "c"]
