"""Webhooks are never sent to this machine or its network, whatever a name says, and however it says it."""

import socket
import threading
from contextlib import suppress
from typing import Any

import pytest

from mediation.desk import client as way_out
from mediation.desk.models import WebhookAttempt
from mediation.desk.rules import webhooks as rules
from mediation.desk.tasks import send_webhooks
from tests.desk.receiver import Receiver
from tests.desk.rules import waiting

pytestmark = pytest.mark.django_db
INSIDE = [
    "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
    "ff02::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not rules.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_outside_is(address: str) -> None:
    assert rules.is_public(address)


def resolves_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::ffff:169.254.169.254",)])
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]) -> None:
    """Also one of several: the next look-up might choose it."""
    resolves_to(monkeypatch, *addresses)
    with pytest.raises(way_out.NotSent) as refused:
        way_out.post("https://example.com/", b"{}", {})
    assert refused.value.code == "private"


def test_the_receiver_on_this_machine_is_refused_without_the_setting(receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = False
    one = waiting(receiver.address)
    send_webhooks()
    assert receiver.got == []
    assert WebhookAttempt.objects.get(delivery=one).problem == "private"


def test_the_connection_goes_to_what_was_checked_whatever_the_name_says_later(
    receiver: Receiver, monkeypatch: Any
) -> None:
    """The name is asked once, and sent along as the host."""
    port = receiver.address.rpartition(":")[2]
    asked = []
    real = socket.getaddrinfo

    def once(host: Any, *args: Any, **more: Any) -> Any:
        if host not in ("127.0.0.1", b"127.0.0.1"):
            asked.append(host)
            return real("127.0.0.1", *args, **more)
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    assert way_out.post(f"http://hooks.example.test:{port}/", b"{}", {}).status == 200
    assert asked == ["hooks.example.test"]
    assert receiver.got[0][0]["Host"] == f"hooks.example.test:{port}"


def test_a_name_that_is_none_and_one_that_does_not_answer(settings: Any, monkeypatch: Any) -> None:
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    with pytest.raises(way_out.NotSent) as refused:
        way_out.post("http://no-such-host.invalid/", b"{}", {})
    assert refused.value.code == "name"
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setattr(way_out, "TIMEOUT", 0.2)
        with pytest.raises(way_out.NotSent) as refused:
            way_out.post(f"http://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {})
    assert refused.value.code == "timeout"


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("https://example.com/parley?x=1", ""),
        ("https://example.com:8443/", ""),
        ("http://example.com/", "scheme"),
        ("ftp://example.com/", "scheme"),
        ("example.com", "address"),
        ("https://", "address"),
        ("https://me:secret@example.com/", "address"),
        ("https://example.com/#top", "address"),
        ("https://example.com:99999/", "address"),
        ("https://exa mple.com/", "address"),
        ("https://ex\u00e4mple.com/", "address"),
        ("https://[::1/", "address"),
        ("https://e.com/" + "x" * 500, "address"),
    ],
)
def test_an_address_is_checked_as_it_is_typed(address: str, wrong: str) -> None:
    assert rules.problem_with(address, plain_is_allowed=False) == wrong


def test_plain_http_only_where_the_own_network_is_allowed() -> None:
    assert rules.problem_with("http://10.0.0.1/", plain_is_allowed=True) == ""


def test_who_answers_a_byte_at_a_time_keeps_no_worker(settings: Any, monkeypatch: Any) -> None:
    """Each byte is in time, and the whole never ends."""
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    monkeypatch.setattr(way_out, "MOST_SECONDS", 0.3)
    over = threading.Event()

    def drip(listening: socket.socket) -> None:
        taken, _peer = listening.accept()
        with taken, suppress(OSError):
            taken.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not over.wait(0.05):
                taken.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=drip, args=(listening,))
        server.start()
        try:
            with pytest.raises(way_out.NotSent) as refused:
                way_out.post(f"http://127.0.0.1:{listening.getsockname()[1]}/", b"{}", {})
        finally:
            over.set()
            server.join()
    assert refused.value.code == "connection"
