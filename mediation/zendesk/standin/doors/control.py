"""The control for tests and the curious, under /_standin/: JSON in, JSON out, no token."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from mediation.zendesk.standin import acts, faults, users, webhooks
from mediation.zendesk.standin.doors.calls import read_json, refused, the_world
from mediation.zendesk.standin.errors import Refusal
from mediation.zendesk.standin.world import Json, World


def control(**by_method: Callable[[World, Json], Any]) -> Callable[..., HttpResponse]:
    @csrf_exempt
    def door(request: HttpRequest) -> HttpResponse:
        world, act = the_world(request), by_method.get(request.method or "")
        if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return JsonResponse({"error": "No other site's page may do this."}, status=403)
        if act is None:
            return JsonResponse({"error": f"Only {', '.join(by_method)} here"}, status=405)
        with world.lock:
            try:
                return JsonResponse(act(world, read_json(request)), safe=False)
            except Refusal as refusal:
                return refused(refusal)
            except ValueError as trouble:
                return JsonResponse({"error": str(trouble)}, status=400)

    return door


def reset(world: World, given: Json) -> Json:
    """Everything as it began, with the switches that the body sets."""
    world.reset(given)
    return {"reset": True}


def set_switches(world: World, given: Json) -> Json:
    world.switches.set(given)
    return switches(world, given)


def switches(world: World, given: Json) -> Json:
    return {name: getattr(world.switches, name) for name in world.switches.__slots__}


def requests(world: World, given: Json) -> list[Json]:
    return list(world.seen)


def add_faults(world: World, given: Json) -> list[Json]:
    """{"faults": [...]}, or one fault by itself. All or none."""
    wanted = given.get("faults", [given])
    world.faults.extend([faults.read(item) for item in wanted])
    return show_faults(world, given)


def show_faults(world: World, given: Json) -> list[Json]:
    return [faults.shown(fault) for fault in world.faults]


def clear_faults(world: World, given: Json) -> list[Json]:
    world.faults.clear()
    return []


def clock(world: World, given: Json) -> Json:
    """{"stop": true}, {"advance": seconds} or {"at": moment}; {} only tells."""
    if given.get("stop"):
        world.clock.stop()
    if "advance" in given:
        world.clock.advance(float(given["advance"]))
    if "at" in given:
        world.clock.set_to(str(given["at"]))
    return {"now": world.clock.iso()}


def as_agent(world: World, given: Json) -> Json:
    return acts.act(world, given)


def deliveries(world: World, given: Json) -> list[Json]:
    return list(world.deliveries)


def send_webhook(world: World, given: Json) -> Json:
    """One made by hand: body (text), and timestamp, signature, invocation_id, account_id, webhook_id that differ."""
    return webhooks.put(world, str(given.pop("body", "{}")), **given)


def mails(world: World, given: Json) -> list[Json]:
    found: list[Json] = world.data["mails"]
    return found


def people(world: World, given: Json) -> list[Json]:
    return users.shown_many(world, set(world.data["users"]))
