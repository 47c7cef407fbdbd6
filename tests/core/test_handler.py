"""A request is one visit to a thread; what is streamed comes in pieces and ends with its client."""

import asyncio
import io
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core import signals
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from mediation.core import clock
from mediation.core.handler import THREADS, OneVisitHandler

PIECES = 50
seen: dict[str, Any] = {}


def where(request: HttpRequest) -> HttpResponse:
    seen["thread"], seen["received"] = threading.current_thread().name, clock.received()
    response = HttpResponse(request.body + request.GET.get("q", "").encode(), status=201)
    response.set_cookie("taste", "sweet")
    return response


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("by design")


def file(request: HttpRequest) -> FileResponse:
    seen["file"] = io.BytesIO(b"x" * 200_000)
    return FileResponse(seen["file"], content_type="application/octet-stream")


def endless(request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[bytes]:
        for number in range(PIECES):
            seen["pieces"] = number + 1
            yield b"piece"

    response = StreamingHttpResponse(pieces())
    response._resource_closers.append(lambda: seen.update(closed=True))  # type: ignore[attr-defined]
    return response


urlpatterns = [path("where", where), path("broken", broken), path("file", file), path("endless", endless)]


@pytest.fixture
def handler() -> Iterator[OneVisitHandler]:
    seen.clear()
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        yield OneVisitHandler()


def ask(address: str, method: str = "GET", query: bytes = b"") -> dict[str, Any]:
    headers = [(b"host", b"127.0.0.1")]
    return {"type": "http", "method": method, "path": address, "query_string": query, "headers": headers}


def talk(handler: OneVisitHandler, scope: dict[str, Any], *bodies: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The head of the answer and its pieces."""

    async def whole() -> tuple[dict[str, Any], list[bytes]]:
        told = ApplicationCommunicator(handler, scope)
        for number, body in enumerate(bodies or (b"",), 1):
            await told.send_input({"type": "http.request", "body": body, "more_body": number < len(bodies)})
        head, pieces = await told.receive_output(5), []
        while (message := await told.receive_output(5)) is not None:
            pieces.append(message.get("body", b""))
            if not message.get("more_body"):
                break
        await told.wait(5)
        return head, pieces

    return asyncio.run(whole())


def test_a_request_is_served_in_a_thread_of_ours_between_its_two_signals(handler: OneVisitHandler) -> None:
    told: list[tuple[str, str]] = []

    def started(**_: Any) -> None:
        told.append(("started", threading.current_thread().name))

    def finished(**_: Any) -> None:
        told.append(("finished", threading.current_thread().name))

    signals.request_started.connect(started)
    signals.request_finished.connect(finished)
    try:
        head, pieces = talk(handler, ask("/where", "POST", b"q=now"), b"to", b"gether ")
    finally:
        signals.request_started.disconnect(started)
        signals.request_finished.disconnect(finished)
    assert (head["status"], b"".join(pieces)) == (201, b"together now")
    assert any(name == b"Set-Cookie" and value.startswith(b"taste=sweet") for name, value in head["headers"])
    assert seen["thread"].startswith("http")
    assert told == [("started", seen["thread"]), ("finished", seen["thread"])]


def test_a_view_that_breaks_is_an_answer_too(handler: OneVisitHandler, settings: Any) -> None:
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    assert talk(handler, ask("/broken"))[0]["status"] == 500


def test_a_file_comes_in_pieces_and_is_closed(handler: OneVisitHandler) -> None:
    head, pieces = talk(handler, ask("/file"))
    assert (b"Content-Length", b"200000") in head["headers"]
    assert b"".join(pieces) == b"x" * 200_000
    assert max(map(len, pieces)) == OneVisitHandler.chunk_size
    assert seen["file"].closed


def test_a_client_that_leaves_ends_the_stream_and_what_it_held(handler: OneVisitHandler) -> None:
    async def leave() -> None:
        told = ApplicationCommunicator(handler, ask("/endless"))
        gate = asyncio.Event()
        send = told.output_queue.put

        async def slowly(message: dict[str, Any]) -> None:
            await send(message)
            if message["type"] == "http.response.body":
                await gate.wait()

        told.output_queue.put = slowly  # type: ignore[method-assign]
        await told.send_input({"type": "http.request"})
        assert (await told.receive_output(5))["type"] == "http.response.start"
        assert (await told.receive_output(5))["body"] == b"piece"
        await told.send_input({"type": "http.disconnect"})
        gate.set()
        await told.wait(5)

    asyncio.run(leave())
    assert seen["pieces"] < PIECES
    assert seen["closed"]


def test_a_client_that_leaves_before_it_has_asked_gets_nothing(handler: OneVisitHandler) -> None:
    async def leave() -> bool:
        told = ApplicationCommunicator(handler, ask("/where"))
        await told.send_input({"type": "http.disconnect"})
        await told.wait(5)
        return await told.receive_nothing(0.01)

    assert asyncio.run(leave())
    assert "thread" not in seen


def test_a_request_that_waits_for_a_thread_was_received_before(handler: OneVisitHandler) -> None:
    free = threading.Event()
    waiting = [handler._threads.submit(free.wait, 5) for _ in range(THREADS)]
    freed_at: list[datetime] = []

    def let_go() -> None:
        freed_at.append(clock.now())
        free.set()

    threading.Timer(0.1, let_go).start()
    talk(handler, ask("/where"))
    assert all(one.result(5) for one in waiting)
    assert seen["received"] < freed_at[0]
