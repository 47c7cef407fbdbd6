"""What the help centre refuses, and what a person can do about it."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict, Invalid, TooMany


class AlreadyPublished(Conflict):
    code = "help.published"
    message = _("This version is published and never changes. Write a new one.")


class NothingAsked(Invalid):
    code = "help.question"
    message = _("Write your question in a few words, at most 500 characters.")


class AddressTaken(Conflict):
    code = "help.address"
    message = _("Another article stands at this address, or stood there. Choose another, or free it there first.")


class NoSectionYet(Conflict):
    code = "help.no_section"
    message = _("There is no section yet that an article could stand in. Make one first.")


class TooManyQuestions(TooMany):
    code = "help.rate"
    message = _(
        "You asked a lot in a short time. Wait a minute and send it again: your question is still in the field."
    )
