"""Break-glass: reading a private talk that is not one's own."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict, Forbidden
from mediation.disputes.errors.general import NotAllowed


class NoPrivateTalk(NotAllowed):
    code = "glass.no_talk"
    message = _("Nobody has mediated in this case yet, so there is no private talk.")


class ReaderInConflict(Forbidden):
    """`detail.conflict` is `disclose` or `blocked`; nothing else is told of why."""

    code = "glass.conflict"
    message = _(
        "You know one of these people, worked with them, or have mediated here, so you cannot do this. Ask another "
        "senior, supervisor or quality reviewer who has no tie to them to do it."
    )


class SecondPerson(Forbidden):
    code = "glass.second_person"
    message = _("You asked for it yourself. A second person decides.")


class AskedAlready(Conflict):
    code = "glass.asked"
    message = _("You have asked for this talk already. Look at how that stands.")


class DecidedAlready(Conflict):
    """`detail.status` is how it stands now."""

    code = "glass.decided"
    message = _("This is decided already, or nobody decided it in time. Look at how it stands now.")


class NotOpened(Conflict):
    code = "glass.not_opened"
    message = _("This is not open yet. A second person agrees first, then you open it.")


class ReadingOver(Forbidden):
    """The time is over, or somebody ended it."""

    code = "glass.over"
    message = _("The time to read this talk is over. If you need more, ask again and say why.")
