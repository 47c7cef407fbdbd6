"""Rooms, who is in them, and what was said."""

from django.conf import settings
from django.db import models


class Room(models.Model):
    """A room with its people."""

    title = models.CharField(max_length=140)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="chat_rooms")

    class Meta:
        app_label = "chat"


class Message(models.Model):
    """One line in a room."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "chat"
        indexes = [models.Index(fields=["room", "id"], name="chat_room_page")]
