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
    EventType("room.locked", "the room is read only from now on, but for notices and staff notes"),
    EventType("room.unlocked", "everybody in the room can write again"),
    EventType("milestone.submitted", "the freelancer submitted a milestone for approval", data=("milestone",)),
    EventType("milestone.returned", "the client asked for changes to a milestone", data=("milestone",)),
    EventType("milestone.approved", "the client approved a milestone, and it was paid", data=("milestone",)),
    EventType("milestone.released", "nobody answered in time, and a milestone was paid", data=("milestone",)),
    EventType("milestone.asked_back", "the client asked for a milestone's money back", data=("milestone",)),
    EventType("milestone.ask_withdrawn", "the client no longer asks for it back", data=("milestone",)),
    EventType("milestone.given_back", "the freelancer gave a milestone's money back", data=("milestone",)),
    EventType("milestone.refused", "the freelancer does not give it back, and says why", data=("milestone",)),
    EventType("milestone.settled", "a case decided what became of a milestone", data=("milestone",)),
    EventType("contract.ended", "a party ended the contract", data=("contract",)),
    EventType("help.taken", "a mediator took the request", data=("help",)),
)
