"""The usual JSON views."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from benchmarks.plain.chat.models import Message, Room


def as_json(message: Message) -> dict[str, Any]:
    """A message as the browser gets it."""
    return {
        "id": message.id,
        "author": message.author_id,
        "text": message.text,
        "created_at": message.created_at.isoformat(),
    }


@login_required
def history(request: HttpRequest, room_id: int) -> JsonResponse:
    room = get_object_or_404(Room, id=room_id, members=request.user)
    messages = room.messages.order_by("-id")
    if before := request.GET.get("before"):
        messages = messages.filter(id__lt=int(before))
    return JsonResponse({"messages": [as_json(message) for message in messages[:50]]})


@login_required
def inbox(request: HttpRequest) -> JsonResponse:
    rooms = Room.objects.filter(members=request.user).annotate(last=Max("messages__id")).order_by("-last")
    newest = {message.id: message for message in Message.objects.filter(id__in=[room.last for room in rooms])}
    return JsonResponse(
        {"rooms": [{"id": r.id, "title": r.title, "last": r.last and as_json(newest[r.last])} for r in rooms]}
    )


@login_required
def search(request: HttpRequest) -> JsonResponse:
    found = Message.objects.filter(room__members=request.user, text__icontains=request.GET["q"]).order_by("-id")
    return JsonResponse({"messages": [as_json(message) for message in found[:20]]})
