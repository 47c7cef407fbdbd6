"""What every request passes: it is noted, meets its faults, and only then reaches a door."""

import json
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mediation.zendesk.standin import faults
from mediation.zendesk.standin.doors.calls import the_world
from mediation.zendesk.standin.world import Json, World

Next = Callable[[HttpRequest], HttpResponse]
WAIT_FOR_WEBHOOKS_SECONDS = 5.0


def front(get_response: Next) -> Next:
    """Middleware for Zendesk's own addresses; the control and the page go past it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(("/api/", "/oauth/")):
            return get_response(request)
        request.path_info = request.path = request.path_info.removesuffix(".json")
        world = the_world(request)
        with world.lock:
            entry = noted(world, request)
            met = faults.met_by(world.faults, request.method or "", request.path_info)
            before = len(world.deliveries)
        answer = _answer(request, met, get_response)
        entry["status"] = answer.status_code if answer else 0
        if answer is None or any(fault.what == "lose_answer" for fault in met):
            request.META["standin.cut"]()
            entry["status"] = 0
            return HttpResponse(status=500)  # nobody is there to read it
        if world.switches.webhooks_before_answer:
            _wait_until_tried(world, before)
        return answer

    return handle


def _answer(request: HttpRequest, met: list[faults.Fault], get_response: Next) -> HttpResponse | None:
    """None when the connection is cut before anything is applied."""
    for fault in met:
        if fault.what == "delay":
            time.sleep(fault.seconds)
        if fault.what == "refuse_before":
            return None
        if fault.what == "status":
            return _as_told(fault)
    request.faults = met  # type: ignore[attr-defined]
    return get_response(request)


def _as_told(fault: faults.Fault) -> HttpResponse:
    body = fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
    return HttpResponse(body, status=fault.status, content_type=fault.content_type, headers=fault.headers)


def noted(world: World, request: HttpRequest) -> Json:
    """What was sent, word for word, so that a test can look for what should never have been."""
    entry = {
        "number": len(world.seen) + 1,
        "at": world.clock.iso(),
        "method": request.method,
        "path": request.path_info,
        "query": request.META.get("QUERY_STRING", ""),
        "headers": dict(request.headers),
        "body": request.body.decode("utf-8", "replace"),
        "status": None,
    }
    world.seen.append(entry)
    return entry


def _wait_until_tried(world: World, before: int) -> None:
    late = time.monotonic() + WAIT_FOR_WEBHOOKS_SECONDS
    while time.monotonic() < late:
        with world.lock:
            fresh = list(world.deliveries)[before:]
        if all(delivery["tries"] for delivery in fresh):
            return
        time.sleep(0.01)
