"""allauth's forms in our words: a label says what to write, an error what to do."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.queries import is_somebody_elses

# field: (label, what it says when left empty)
WORDS: dict[str, tuple[Any, Any]] = {
    "login": (_("E-mail address"), _("Write your e-mail address")),
    "email": (_("E-mail address"), _("Write your e-mail address")),
    "password": (_("Password"), _("Write your password")),
    "oldpassword": (_("Your current password"), _("Write your current password")),
    "password1": (_("New password"), _("Choose a password")),
    "password2": (_("New password, once more"), _("Write the new password once more")),
    "remember": (_("Keep me signed in on this device"), ""),
}
PASSWORD_HINT = _("At least 12 characters, no common word, and nothing from your name or address.")


class InOurWords(forms.Form):
    """Goes before an allauth form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WORDS.keys() & self.fields.keys():
            label, when_empty = WORDS[name]
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = when_empty
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HINT


class SignInForm(InOurWords, allauth.LoginForm):
    """The address is what a password manager calls the user name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": not self.is_bound}


class NewAccountForm(InOurWords, allauth.SignupForm):
    """Here there is no older password to tell the new one from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")


class AddressForm(InOurWords, allauth.AddEmailForm):
    """Refuses what signing up would refuse too: an address by which somebody else signs in."""

    def clean_email(self) -> str:
        email = str(super().clean_email())
        if is_somebody_elses(email, self.user):
            raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        """A proven address stays until the new one is proven too. One that never was is simply corrected."""
        pending = EmailAddress.objects.get_new(self.user)
        if pending is None or pending.email != self.user.email:
            return super().save(request)
        corrected = actions.correct_address(user=self.user, address=pending, email=self.cleaned_data["email"])
        corrected.send_confirmation(request)
        return corrected


class PasswordForm(InOurWords, allauth.ChangePasswordForm):
    pass


class FirstPasswordForm(InOurWords, allauth.SetPasswordForm):
    pass


class ForgottenPasswordForm(InOurWords, allauth.ResetPasswordForm):
    pass


class PasswordByMailForm(InOurWords, allauth.ResetPasswordKeyForm):
    pass


class SameAgainForm(InOurWords, allauth.ReauthenticateForm):
    pass
