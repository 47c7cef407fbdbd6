"""Each request of a signed-in person runs in their language and time zone, and leaves nothing in shared caches."""

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.deprecation import MiddlewareMixin

SIGNED_IN = "_was_signed_in"


class PersonMiddleware(MiddlewareMixin):
    """Language: the person's setting when signed in, otherwise what `LocaleMiddleware` found before us."""

    def process_request(self, request: HttpRequest) -> None:
        user = request.user
        setattr(request, SIGNED_IN, user.is_authenticated)
        if not user.is_authenticated:
            timezone.deactivate()
            return
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()
        timezone.activate(user.time_zone)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not getattr(request, SIGNED_IN, False):
            return response
        response.setdefault("Cache-Control", "no-store")
        if not request.user.is_authenticated:
            # Unsent text waits in the browser's storage. It must survive a lost connection, not a sign-out on a
            # shared computer.
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
