"""The one place where a Django signal is heard.

Signing out has several doors (allauth's page, the admin, a session that Django itself drops), and all of them only
tell by signal. Our own news never travels this way: see `mediation.events`.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import actions
from accounts.models import User


@receiver(user_logged_out, dispatch_uid="accounts.revoke_at_sign_out")
def revoke_at_sign_out(sender: type[User], request: HttpRequest, user: User | None, **rest: Any) -> None:
    """End the session together with its revocation, before Django flushes it in a commit of its own."""
    if isinstance(user, User):
        actions.sign_out(user=user, session=request.session)
