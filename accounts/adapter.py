"""What allauth asks us: who may sign up as what, and what must happen when a password changes."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.models import User
from accounts.queries import is_somebody_elses
from accounts.rules import PARTY_ROLES, Role, guess_language


class PersonAdapter(DefaultAccountAdapter):
    """Sign-up makes a client or a freelancer, never Upwork staff, whatever the request carries."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. Check both and try again."
        ),
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait five minutes, or choose a new password by e-mail."
        ),
        "account_inactive": _("This account was closed. Write to support if you think that is a mistake."),
        "invalid_password_reset": _("This link was used or is too old. Ask for a new one."),
        "email_taken": _("Somebody already signed up with this address. Sign in, or choose a new password."),
        "enter_current_password": _("That is not your current password."),
        "incorrect_password": _("That is not your password."),
        "same_as_current": _("That is your address already."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Fill in the new person from the form. Their language is the one the page was read in."""
        data = form.cleaned_data
        role = data.get("role")
        user.role = role if role in PARTY_ROLES else Role.CLIENT.value
        user.is_staff = user.is_superuser = False
        user.name = data.get("name", "")
        user.language = guess_language(translation.get_language(), dict(settings.LANGUAGES))
        user.time_zone = data.get("time_zone") or "UTC"
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def set_password(self, user: User, password: str) -> None:
        actions.set_password(user=user, password=password)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An address that somebody else has come to sign in with since it was asked for is refused, not an error."""
        if is_somebody_elses(email_address.email, email_address.user):
            words = {"email": email_address.email}
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt", words)
            return False
        return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their own language, whoever caused the mail."""
        person = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = getattr(person, "language", None) or translation.get_language()
        with translation.override(language):
            super().send_mail(template_prefix, email, context)
