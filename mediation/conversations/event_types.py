"""The events that conversations record. A message event always carries the message's current snapshot."""

from mediation.events.catalogue import EventType, declare

declare(
    EventType("thread.opened", "a thread began; always seq 1 of it", data=("thread",)),
    EventType("thread.renamed", "a topic got another title", data=("title",)),
    EventType("thread.resolved", "a topic is settled"),
    EventType("thread.reopened", "a settled topic is open again"),
    EventType("message.sent", "somebody wrote"),
    EventType("message.edited", "a message says something else; the earlier text is kept"),
    EventType("message.removed", "a message was taken away; its place and the reason stay"),
    EventType("message.reacted", "the reactions to a message changed"),
    EventType("file.ready", "a file of a message has its thumbnail"),
    EventType("member.joined", "somebody came into the room", data=("member",)),
    EventType("member.left", "somebody left the room", data=("member",)),
    EventType("help.asked", "a party asked for a mediator", data=("help",)),
    EventType("help.cancelled", "the request for a mediator was taken back", data=("help",)),
    EventType("help.taken", "a mediator took the request", data=("help",)),
)
