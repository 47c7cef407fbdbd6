"""What a person did that cannot be taken as it is, in words that say what to do. Shared by rules and actions."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict, Forbidden, Invalid, TooMany, Unavailable


class ThreadHeld(Unavailable):
    """Somebody else is changing the thread; the same again soon succeeds."""

    code = "thread.held"


class EmptyText(Invalid):
    code = "message.empty"
    message = _("Write something first, or attach a file.")


class TextTooLong(Invalid):
    code = "message.too_long"
    message = _("This is longer than 20,000 characters. Split it, or attach it as a file.")


class BadText(Invalid):
    code = "message.bad_text"
    message = _("The text holds a character that cannot be stored. Take it out and send again.")


class BadReply(Invalid):
    code = "message.reply"
    message = _("The message you are answering is not in this thread. Send it without the reply.")


class BadMention(Invalid):
    code = "message.mentions"
    message = _("You mentioned somebody who does not read this thread. Take the mention out.")


class TooManyMentions(Invalid):
    code = "message.mentions"
    message = _("Mention at most 20 people in one message.")


class TooManyFiles(Invalid):
    code = "message.files"
    message = _("Attach at most 10 files to one message.")


class FileGone(Invalid):
    code = "message.files"
    message = _("One of the files is no longer there. Attach it again.")


class Stale(Conflict):
    """`detail.newest` is the message that the author had not seen."""

    code = "message.stale"
    message = _("Somebody wrote while you were typing. Read it, then send as it is or change it.")


class BadTitle(Invalid):
    code = "thread.title"
    message = _("Give the topic a title of 1 to 80 characters.")


class MainThread(Forbidden):
    code = "thread.main"
    message = _("This is the room's first thread. It keeps its name and stays open; open a topic for one question.")


class NoSuchLane(Forbidden):
    code = "thread.audience"
    message = _("You cannot open a topic for these people yet. Private topics begin when a mediator has joined.")


class RoomLocked(Conflict):
    """Nobody writes to everyone or in private; staff notes and the lines of the system go on."""

    code = "room.locked"
    message = _("This room can only be read while the arbitrator decides. News of the case still appears in it.")


class TalkFirst(Conflict):
    """The mediator writes to one side in private only in a private talk, of which both sides know."""

    code = "caucus.begin"
    message = _(
        "Begin a private talk with this person first; the case offers it. Everyone sees that it takes place, and the "
        "other side is offered one too."
    )


class OtherTalk(TalkFirst):
    code = "caucus.other"
    message = _("You are in a private talk with the other side. End it, then begin one here.")


class NoTalkNow(TalkFirst):
    code = "caucus.over"
    message = _("Private talks are for the time in which you mediate. Write to everyone instead.")


class NotYours(Forbidden):
    code = "message.not_yours"
    message = _("Only the person who wrote this can change it.")


class NoReason(Invalid):
    code = "message.reason"
    message = _("Say in at most 200 characters why you remove it; everyone who could read it will see the reason.")


class AlreadyRemoved(Conflict):
    """`detail.newest` is what is left of the message."""

    code = "message.removed"
    message = _("This message has been removed.")


class FileIsKept(Conflict):
    code = "file.kept"
    message = _(
        "A case rests on a file of this message, so the message stays. The mediator can take it out of view, with a "
        "reason."
    )


class ChangedMeanwhile(Conflict):
    """`detail.newest` is the message as it stands."""

    code = "message.changed"
    message = _("You changed this message somewhere else. Look at it, then change it again.")


class BadReaction(Invalid):
    code = "message.reaction"
    message = _("Choose one of the reactions that are offered.")


class WrongKind(Invalid):
    code = "file.kind"
    message = _(
        "Files of this kind cannot be attached. Use a picture (PNG, JPEG, GIF, WebP), PDF, text, CSV, Word, Excel, "
        "PowerPoint, OpenDocument, MP4 or ZIP."
    )


class EmptyFile(Invalid):
    code = "file.empty"
    message = _("The file is empty. Choose another one.")


class FileTooLarge(Invalid):
    code = "file.too_large"
    message = _("The file is larger than 25 MB. Make it smaller or split it.")


class WrongContent(Invalid):
    code = "file.content"
    message = _("The content of this file is not what its name says, or it is damaged. Save it again and attach that.")


class PictureTooLarge(Invalid):
    code = "file.too_large"
    message = _("This picture has too many pixels. Make it smaller, or save it as JPEG, and attach that.")


class MovingPictureTooLong(Invalid):
    code = "file.too_large"
    message = _("This moving picture is too long. Make it shorter or smaller and attach that.")


class TooManyUploads(TooMany):
    code = "file.waiting"
    message = _("Many of your files are waiting to be sent. Send or drop some, then attach more.")
    retry = False
