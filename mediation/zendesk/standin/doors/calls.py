"""One call of the API: who it is from, what it brings, and how it is answered."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from mediation.zendesk.standin import limits, texts, tokens
from mediation.zendesk.standin.audits import Actor
from mediation.zendesk.standin.errors import Refusal, bad_request, wrong_role
from mediation.zendesk.standin.faults import Fault
from mediation.zendesk.standin.world import Json, World


@dataclass(slots=True)
class Call:
    """`user` is the token's; `faults` are those that this request met and that change what it does."""

    request: HttpRequest
    world: World
    user: Json
    faults: list[Fault] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return Actor(self.user, "api", any(fault.what == "wrong_public" for fault in self.faults))

    @property
    def failing_rows(self) -> list[int]:
        return [row for fault in self.faults if fault.what == "fail_rows" for row in fault.rows]

    @property
    def address(self) -> str:
        return f"{self.world.address}{self.request.path}"

    def json(self) -> Json:
        """The body. Raises Refusal (400) when it is not an object."""
        return read_json(self.request)

    def part(self, name: str) -> Json:
        """The object that stands in the body under `name`. Raises Refusal (400)."""
        found = self.json().get(name)
        if not isinstance(found, dict):
            raise bad_request("InvalidValue", f"The body needs an object under {name!r}")
        return found


def read_json(request: HttpRequest) -> Json:
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        raise bad_request("InvalidJSON", "The body is not JSON") from None
    if not isinstance(found, dict):
        raise bad_request("InvalidJSON", "The body is not an object")
    cleaned: Json = texts.clean(found)
    return cleaned


Answer = Json | list[Any] | HttpResponse | tuple[int, Json]
Handler = Callable[..., Answer]


def the_world(request: HttpRequest) -> World:
    """The server's own."""
    world: World = request.META["standin.world"]
    return world


def api(kind: str, *, role: str = "agent", **by_method: Handler) -> Callable[..., HttpResponse]:
    """A door: the methods it has, for tokens whose scope reaches `kind` and users of at least `role`."""

    @csrf_exempt
    def door(request: HttpRequest, **where: Any) -> HttpResponse:
        world = the_world(request)
        with world.lock:
            try:
                limits.count_request(world)
                method = request.method or ""
                user = tokens.user_of(world, request.headers.get("Authorization", ""), method=method, kind=kind)
                if user["role"] != "admin" and role == "admin":
                    raise wrong_role()
                handler = by_method.get(method)
                if handler is None:
                    raise Refusal(404, {"error": "InvalidEndpoint", "description": "Not found"})
                call = Call(request, world, user, getattr(request, "faults", []))
                answer = answered(handler(call, **where))
            except Refusal as refusal:
                answer = refused(refusal)
            for name, value in limits.headers(world).items():
                answer.headers.setdefault(name, value)
        return answer

    return door


def answered(answer: Answer) -> HttpResponse:
    if isinstance(answer, HttpResponse):
        return answer
    status, body = answer if isinstance(answer, tuple) else (200, answer)
    return JsonResponse(body, status=status, safe=False, content_type="application/json; charset=utf-8")


def refused(refusal: Refusal) -> HttpResponse:
    if isinstance(refusal.body, str):
        text = HttpResponse(refusal.body, status=refusal.status, content_type="text/plain; charset=utf-8")
        for name, value in refusal.headers.items():
            text.headers[name] = value
        return text
    return JsonResponse(refusal.body, status=refusal.status, headers=refusal.headers)
