"""The usual consumer: save through the ORM, then tell the room's group."""

from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from benchmarks.plain.chat.models import Message, Room
from benchmarks.plain.chat.views import as_json


class RoomConsumer(AsyncJsonWebsocketConsumer):
    """One socket in one room. `?after=<id>` asks for what was missed."""

    async def connect(self) -> None:
        self.room_id = self.scope["url_route"]["kwargs"]["room_id"]
        self.user = self.scope["user"]
        self.group = f"room_{self.room_id}"
        if not self.user.is_authenticated or not await self.is_member():
            await self.close(4003)
            return
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        after = parse_qs(self.scope["query_string"].decode()).get("after")
        missed = await self.missed(int(after[0])) if after else []
        await self.send_json({"type": "missed", "messages": missed})

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        message = await self.save(content["text"])
        await self.channel_layer.group_send(self.group, {"type": "chat.message", "message": message})

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send_json({"type": "message", "message": event["message"]})

    @database_sync_to_async
    def is_member(self) -> bool:
        return Room.objects.filter(id=self.room_id, members=self.user).exists()

    @database_sync_to_async
    def save(self, text: str) -> dict[str, Any]:
        return as_json(Message.objects.create(room_id=self.room_id, author=self.user, text=text))

    @database_sync_to_async
    def missed(self, after: int) -> list[dict[str, Any]]:
        return [
            as_json(message) for message in Message.objects.filter(room_id=self.room_id, id__gt=after).order_by("id")
        ]
