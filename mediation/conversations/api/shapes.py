"""What answers look like, for the OpenAPI file. The queries make the values; tests hold the two together."""

from rest_framework import serializers as s

from mediation.conversations.rules.access import AUDIENCES
from mediation.conversations.rules.case import NotNow

ROLES = ("client", "freelancer", "mediator", "staff")
EVENT_ID = "The number of the event in its thread: gapless, from 1."


class File(s.Serializer):
    """A file as a message carries it; the bytes are at /api/files/{id}/."""

    id = s.UUIDField()
    name = s.CharField()
    type = s.CharField(help_text="The media type found in its content.")
    size = s.IntegerField(help_text="Bytes.")
    width = s.IntegerField(allow_null=True)
    height = s.IntegerField(allow_null=True)
    thumb = s.BooleanField(help_text="Whether there is a thumbnail yet.")


class Removal(s.Serializer):
    """When, by whom and why a message was taken away."""

    at = s.DateTimeField()
    by = s.UUIDField(allow_null=True)
    reason = s.CharField(allow_blank=True)


class Message(s.Serializer):
    """A message as it stands now. `kind` is `system` for lines that `code` and `params` spell out."""

    seq = s.IntegerField(help_text=EVENT_ID)
    rev = s.IntegerField(help_text="Grows with every change; the higher one is the newer one.")
    kind = s.ChoiceField(["text", "system"])
    author = s.UUIDField(allow_null=True)
    cid = s.UUIDField(allow_null=True)
    at = s.DateTimeField()
    html = s.CharField(allow_blank=True, help_text="Safe HTML; empty when removed.")
    text = s.CharField(allow_blank=True)
    code = s.CharField(allow_blank=True)
    params = s.DictField()
    reply_to = s.IntegerField(allow_null=True)
    mentions = s.ListField(child=s.UUIDField())
    files = File(many=True)
    reactions = s.DictField(child=s.ListField(child=s.UUIDField()))
    edited_at = s.DateTimeField(allow_null=True)
    removed = Removal(allow_null=True)


class Event(s.Serializer):
    """Something that happened in a thread, with the current state of the message it is about."""

    seq = s.IntegerField(help_text=EVENT_ID)
    type = s.CharField()
    at = s.DateTimeField()
    actor = s.UUIDField(allow_null=True)
    data = s.DictField()  # type: ignore[assignment]  # the word of the protocol, not the serializer's
    message = Message(allow_null=True)


class EventsFrame(s.Serializer):
    """The events of one thread, in order: the socket's `events` frame."""

    t = s.ChoiceField(["events"])
    thread = s.UUIDField()
    room = s.UUIDField()
    events = Event(many=True)


class PersonCard(s.Serializer):
    """A person as others in the room see them."""

    id = s.UUIDField()
    name = s.CharField()
    first_name = s.CharField()
    initials = s.CharField()
    role = s.ChoiceField(ROLES)
    avatar = s.CharField(allow_null=True, help_text="An address on this host.")
    here = s.BooleanField(required=False)


class Draft(s.Serializer):
    """What the reader has begun to write."""

    body = s.CharField(allow_blank=True)
    reply_to = s.IntegerField(allow_null=True)
    updated_at = s.DateTimeField()


class ThreadCard(s.Serializer):
    """A thread, with what the reader has read of it."""

    id = s.UUIDField()
    audience = s.ChoiceField(AUDIENCES)
    is_main = s.BooleanField()
    title = s.CharField(allow_blank=True)
    resolved_at = s.DateTimeField(allow_null=True)
    head = s.IntegerField(help_text="The newest event's number.")
    unread = s.IntegerField()
    read = s.IntegerField(help_text="How far the reader has read.")
    reads = s.DictField(child=s.IntegerField(), help_text="How far the others have read.")
    draft = Draft(allow_null=True)
    can_write = s.BooleanField()


class Milestone(s.Serializer):
    """A part of the contract that is paid on its own."""

    position = s.IntegerField()
    title = s.CharField()
    amount_minor = s.IntegerField()
    status = s.ChoiceField(["planned", "funded", "submitted", "released", "refunded"])
    due = s.DateField(allow_null=True)
    asked_back_at = s.DateTimeField(
        allow_null=True, help_text="Since when the client waits for an answer to asking its money back."
    )


class Contract(s.Serializer):
    """The job the room is about. Amounts are in minor units of `currency`."""

    id = s.UUIDField()
    title = s.CharField()
    kind = s.ChoiceField(["fixed", "hourly"])
    status = s.ChoiceField(["active", "paused", "ended"])
    currency = s.CharField()
    amount_minor = s.IntegerField()
    hourly_rate_minor = s.IntegerField()
    weekly_limit_hours = s.IntegerField()
    started_at = s.DateTimeField()
    ended_at = s.DateTimeField(allow_null=True)
    milestones = Milestone(many=True)


class Member(s.Serializer):
    """Somebody who is in the room now."""

    id = s.UUIDField()
    role = s.ChoiceField(["client", "freelancer", "mediator"])
    joined_at = s.DateTimeField()


class Can(s.Serializer):
    """What the reader may do here now."""

    ask = s.BooleanField()
    cancel_ask = s.BooleanField()
    join = s.BooleanField()
    leave = s.BooleanField()
    clear = s.BooleanField(help_text="Remove what others wrote.")
    open_topic = s.ListField(child=s.ChoiceField(AUDIENCES))
    not_now = s.DictField(
        child=s.ChoiceField([why.value for why in NotNow]),
        help_text="Private audiences to which the mediator cannot write before a private talk begins, and why.",
    )


class HelpRequest(s.Serializer):
    """A request for a mediator."""

    id = s.UUIDField()
    asked_by = s.UUIDField()
    asked_at = s.DateTimeField()
    taken_by = s.UUIDField(allow_null=True)
    taken_at = s.DateTimeField(allow_null=True)
    ended_at = s.DateTimeField(allow_null=True)


class RoomState(s.Serializer):
    """Everything a first look at a room needs; the socket's `welcome` carries the same."""

    id = s.UUIDField()
    role = s.ChoiceField(ROLES, help_text="The reader's own.")
    locked_at = s.DateTimeField(
        allow_null=True, help_text="Since then the room is read only (`room.locked`), but for notices and staff notes."
    )
    contract = Contract()
    people = PersonCard(many=True)
    members = Member(many=True)
    threads = ThreadCard(many=True)
    help = HelpRequest(allow_null=True)
    can = Can()


class LastMessage(s.Serializer):
    """The newest message of a room that the reader may see."""

    thread = s.UUIDField()
    audience = s.ChoiceField(AUDIENCES)
    seq = s.IntegerField()
    author = s.UUIDField(allow_null=True)
    author_name = s.CharField(allow_blank=True, help_text="Who wrote it, even if they are not in the room any more.")
    preview = s.CharField(allow_blank=True)
    code = s.CharField(allow_blank=True, help_text="Of a line of the system, for instance `milestone.submitted`.")
    params = s.JSONField(help_text="Its parameters.")
    files = s.IntegerField(help_text="How many.")
    removed = s.BooleanField()
    at = s.DateTimeField()


class RoomRow(s.Serializer):
    """A room in the list."""

    id = s.UUIDField()
    role = s.ChoiceField(ROLES, help_text="The reader's own.")
    title = s.CharField()
    kind = s.ChoiceField(["fixed", "hourly"])
    status = s.ChoiceField(["active", "paused", "ended"])
    people = PersonCard(many=True)
    last = LastMessage(allow_null=True)
    at = s.DateTimeField(help_text="The newest activity the reader may see.")
    unread = s.IntegerField()
    unread_by = s.DictField(child=s.IntegerField(), help_text="How much of which thread is unread, where something is.")
    help = HelpRequest(allow_null=True)


class RoomList(s.Serializer):
    """A page of rooms, newest activity first; `after` asks for the next page, null at the end."""

    rooms = RoomRow(many=True)
    after = s.CharField(allow_null=True)


class WaitingRoom(s.Serializer):
    """A room that asked for a mediator whom nobody is yet."""

    id = s.UUIDField()
    title = s.CharField()
    kind = s.ChoiceField(["fixed", "hourly"])
    people = PersonCard(many=True)
    help = HelpRequest()
    note = s.CharField(allow_blank=True, help_text="What the asker told the mediator.")


class WaitingRooms(s.Serializer):
    """Those who wait longest come first."""

    rooms = WaitingRoom(many=True)


class Hit(s.Serializer):
    """A message that holds the words, and where to find it."""

    room = s.UUIDField()
    title = s.CharField(help_text="The contract's title.")
    thread = s.UUIDField()
    thread_title = s.CharField(allow_blank=True)
    audience = s.ChoiceField(AUDIENCES)
    seq = s.IntegerField()
    author = PersonCard(allow_null=True)
    at = s.DateTimeField()
    snippet = s.CharField(help_text="Safe HTML; the words are in <mark>.")


class Found(s.Serializer):
    """A page of hits, newest first; `after` asks for the next page, null at the end."""

    hits = Hit(many=True)
    after = s.CharField(allow_null=True)
