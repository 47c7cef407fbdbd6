"""The one HTTP endpoint of this slice, for clients whose socket is cut off: "I am typing"."""

from typing import cast
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from mediation.conversations import audience
from mediation.core.api.fields import Flag, Shape
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.core.errors import Forbidden
from mediation.live.asgi import hubs


class TypingBody(Shape):
    """Whether the person types now."""

    on = Flag()


class Typing(ApiView):
    """Shown for a few seconds to those who read the thread; never stored."""

    @operation(
        "type",
        tag="threads",
        summary="Say that you are typing",
        body=TypingBody,
        body_example={"on": True},
        answers={204: None},
        errors=(404, 409),
    )
    def post(self, request: Request, thread: UUID) -> Response:
        on, person = read(TypingBody, request.data)["on"], cast(User, request.user)
        found = audience.thread_to_read(person, thread)
        standing = audience.standing(person, found.room_id)
        if found.audience not in standing.writes:
            raise Forbidden
        audience.check_may_speak(standing, found.room_id, found.audience)
        if standing.member_role is not None:
            for hub in hubs():
                hub.loop.call_soon_threadsafe(hub.types_elsewhere, thread, found.room_id, person.id, on)
        return Response(status=204)
