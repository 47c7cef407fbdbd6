"""The forms of the commands that the admin offers. What they send is read by the command's own form, as at any door."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.disputes.forms import FORMS

TEXT_MOST = 2000


class CommandForm(forms.Form):
    """A command without a word more."""

    command: ClassVar[str] = ""
    title: ClassVar[str | Promise] = ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            reader = FORMS[self.command](data={name: _plain(value) for name, value in said.items()})
            if reader.is_valid():
                self._payload = reader.validated_data
            else:
                for name, errors in reader.errors.items():
                    self.add_error(name if name in self.fields else None, [str(error) for error in errors])
        return said

    def payload(self) -> dict[str, Any]:
        """What goes to the case. Only after the form was found valid."""
        return dict(self._payload)


class ReasonForm(CommandForm):
    """A command with the reason that those concerned will read."""

    reason = forms.CharField(
        label=_("Reason"), max_length=TEXT_MOST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Those concerned will read it."),
    )  # fmt: skip


class RulingForm(ReasonForm):
    """A decision."""

    is_upheld = forms.BooleanField(label=_("Upheld"), required=False)


class HoursForm(ReasonForm):
    """More time."""

    hours = forms.IntegerField(label=_("Hours"), min_value=1)


class AgentForm(CommandForm):
    """A command that names an agent."""

    agent_id = forms.ModelChoiceField(
        label=_("Agent"),
        queryset=User.objects.filter(role__in=[role.value for role in MEDIATOR_ROLES], is_active=True).order_by("name"),
    )


class BriefForm(AgentForm):
    """Handing a case over."""

    brief = forms.CharField(
        label=_("What your colleague needs to know"), max_length=TEXT_MOST, widget=forms.Textarea(attrs={"rows": 6})
    )


class ReopenForm(AgentForm, ReasonForm):
    """Opening a case again."""

    terms_not_kept = forms.BooleanField(label=_("The agreement was not kept"), required=False)


def _plain(value: Any) -> Any:
    return str(value.pk) if isinstance(value, User) else value


def _form(command: str, title: str | Promise, base: type[CommandForm]) -> type[CommandForm]:
    return type(f"{command.title().replace('_', '')}Form", (base,), {"command": command, "title": title})


COMMANDS: dict[str, type[CommandForm]] = {
    command: _form(command, title, base)
    for command, title, base in (
        ("hold", _("Put the case on hold"), ReasonForm),
        ("unhold", _("End the hold"), CommandForm),
        ("extend", _("Extend the deadline for both"), HoursForm),
        ("reassign", _("Hand the case to another agent"), BriefForm),
        ("drop_level", _("Do without a higher level"), ReasonForm),
        ("confirm_default", _("Confirm that no answer came"), ReasonForm),
        ("confirm_no_arbitration", _("Confirm that there is no arbitration"), CommandForm),
        ("record_award", _("Confirm the award"), CommandForm),
        ("decide_objection", _("Decide the objection"), RulingForm),
        ("decide_review", _("Decide the review"), RulingForm),
        ("reopen", _("Reopen the case"), ReopenForm),
        ("void", _("Void the case"), ReasonForm),
    )
}
