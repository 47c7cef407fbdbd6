"""Changing the language from any page: for this browser, and for good where somebody is signed in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts import actions as accounts
from accounts.models import User


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Go on in another language, on the page one came from."""
    user, language = request.user, request.POST.get("language", "")
    if isinstance(user, User) and language in dict(settings.LANGUAGES):
        accounts.change_profile(
            user=user, name=user.name, company=user.company, language=language, time_zone=user.time_zone
        )
    return set_language(request)
