"""What every page of the desk reads of its request."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest

from accounts.models import User
from mediation.escalations import audience


def user_of(request: HttpRequest) -> User:
    """Who is signed in."""
    return cast(User, request.user)


def worker_of(request: HttpRequest) -> User:
    """Who works at the desk; for everybody else there is no such page."""
    if not audience.works_here(user_of(request)):
        raise Http404
    return user_of(request)


def referrer_of(request: HttpRequest) -> User:
    """Who may refer somebody; for everybody else there is no such page."""
    if not audience.may_refer(user_of(request)):
        raise Http404
    return user_of(request)


def uuid_of(text: str | None) -> UUID:
    """The id that a form carries; a new one where it carries none."""
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()


def places(request: HttpRequest, here: str) -> dict[str, Any]:
    """What every page of the desk says of where it stands."""
    user = user_of(request)
    return {"place": here, "works_here": audience.works_here(user), "leads": audience.is_lead(user), "here": "ee"}
