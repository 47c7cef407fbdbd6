"""One form for each command that needs words. What is cleaned is what `transition` is said."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mediation.escalations import words
from mediation.escalations.audience import desk_people
from mediation.escalations.forms.fields import CURRENCY, SEGMENTS, Moment, Sum, Words, YesNo, Zone
from mediation.escalations.models import Case, Slot
from mediation.escalations.rules.guards import MOST_SLOTS
from mediation.escalations.rules.states import Item

LEAST_MINUTES, MOST_MINUTES = 10, 180


class CommandForm(forms.Form):
    """`said` is what was written, by the names that guards and effects read."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    @property
    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class TextForm(CommandForm):
    text = Words(label=_("In words"), rows=5)


class ReplyForm(CommandForm):
    text = Words(
        label=_("Your reply"), rows=5,
        help_text=_("Who referred the client reads it, and gets it by mail. Say what you will do and until when."),
    )  # fmt: skip


class ReasonForm(CommandForm):
    reason = Words(label=_("Why"))


class GiveForm(CommandForm):
    to = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = desk_people().exclude(pk=self.case.owner_id) if self.case.owner_id else desk_people()
        self.fields["to"].queryset = others  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"to": self.cleaned_data["to"].pk}


class HandOverForm(GiveForm):
    reason = Words(label=_("What your colleague needs to know"))


class PlanForm(CommandForm):
    next_step = Words(label=_("Next step"), rows=2)
    follow_up_at = Moment(label=_("Until when"), help_text=_("In your time. You are reminded by mail."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"next_step": self.case.next_step, "follow_up_at": self.case.follow_up_at, **self.initial}


class ReopenForm(PlanForm):
    reason = Words(label=_("Why"))


class TicketForm(CommandForm):
    ticket = forms.CharField(
        label=_("Number of the touch-response ticket"), max_length=40,
        help_text=_("Open it at Zendesk for the client, to arrange the call."),
    )  # fmt: skip


class SlotsForm(CommandForm):
    """A few moments to choose from; empty ones are left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_SLOTS + 1):
            label = _("Moment %(number)s") % {"number": number}
            self.fields[f"slot_{number}"] = Moment(label=label, required=number == 1)

    @property
    def said(self) -> dict[str, Any]:
        return {"slots": [moment for moment in self.cleaned_data.values() if moment]}


class CallForm(CommandForm):
    slot = forms.ModelChoiceField(
        label=_("A moment that was offered"),
        queryset=Slot.objects.none(),
        required=False,
        empty_label=_("Another moment"),
    )
    starts_at = Moment(label=_("Or another one, in your time"), required=False)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES, initial=30,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["slot"]
        offered.queryset = self.case.slots.all()  # type: ignore[attr-defined]
        offered.label_from_instance = words.moment_of_slot  # type: ignore[attr-defined]
        if not self.case.slots.exists():
            del self.fields["slot"]
            self.fields["starts_at"].label = _("When, in your time")

    @property
    def said(self) -> dict[str, Any]:
        slot = self.cleaned_data.get("slot")
        begins = slot.starts_at if slot else self.cleaned_data["starts_at"]
        return {"starts_at": begins, "minutes": self.cleaned_data["minutes"]}


class ChecklistForm(CommandForm):
    items = forms.MultipleChoiceField(
        label=_("Gone through on the call"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(item.value, words.ITEMS[item]) for item in Item],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"items": [one.item for one in self.case.checked.all()], **self.initial}


class TalentSolutionsForm(CommandForm):
    needs = Words(label=_("What the client needs"), rows=5)
    representative = forms.CharField(label=_("Representative at Talent Solutions"), max_length=80)
    appointment_at = Moment(label=_("Appointment"), help_text=_("In your time."))


class CorrectForm(CommandForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    company = forms.CharField(label=_("Company"), max_length=80, required=False)
    time_zone = Zone(label=_("Time zone"), help_text=_("Type a city."))
    segment = forms.ChoiceField(
        label=_("Segment"), choices=SEGMENTS, required=False,
        help_text=_("It says how long the reply may take, as long as the reply is not overdue."),
    )  # fmt: skip
    value_minor = Sum(label=_("Value of the job post, in dollars"))
    has_web_presence = YesNo(label=_("Established web presence"))
    is_long_term = YesNo(label=_("May hire several people for long"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = {name: getattr(self.case.contact, name) for name in ("name", "email", "company", "time_zone")}
        known = ("segment", "value_minor", "has_web_presence", "is_long_term")
        self.initial = {**contact, **{name: getattr(self.case, name) for name in known}, **self.initial}

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"currency": CURRENCY}


FORMS: Mapping[str, type[CommandForm]] = {
    "claim": CommandForm,
    "assign": GiveForm,
    "hand_over": HandOverForm,
    "reply": ReplyForm,
    "track": PlanForm,
    "ticket": TicketForm,
    "offer_slots": SlotsForm,
    "schedule_call": CallForm,
    "miss_call": ReasonForm,
    "begin_call": CommandForm,
    "check": ChecklistForm,
    "refer_talent": TalentSolutionsForm,
    "follow": PlanForm,
    "plan": PlanForm,
    "resolve": TextForm,
    "hand_to_rep": TextForm,
    "lose": ReasonForm,
    "disqualify": ReasonForm,
    "reopen": ReopenForm,
    "correct": CorrectForm,
    "note": TextForm,
}


def form_for(command: str, case: Case, data: Any = None) -> CommandForm:
    """The form of a command that people say."""
    return FORMS[command](data, case=case)
