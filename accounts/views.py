"""A person's own profile, and the pictures of people."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import actions
from accounts.forms.profile import ProfileForm, time_zones
from accounts.models import User
from accounts.queries import may_see_face

ONE_YEAR = 365 * 24 * 3600


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """See and change one's own profile."""
    user = request.user
    assert isinstance(user, User)
    known = {"name": user.name, "company": user.company, "language": user.language, "time_zone": user.time_zone}
    form = ProfileForm(request.POST or None, request.FILES or None, initial=known, has_picture=bool(user.avatar))
    if form.is_valid():
        _save(user, form)
        with translation.override(user.language):
            messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    page = {"form": form, "time_zones": time_zones()}
    return render(request, "accounts/profile.html", page, status=422 if form.is_bound else 200)


def _save(user: User, form: ProfileForm) -> None:
    said = form.cleaned_data
    actions.change_profile(
        user=user,
        name=said["name"],
        company=said["company"],
        language=said["language"],
        time_zone=said["time_zone"],
    )
    if said["picture"]:
        actions.set_picture(user=user, picture=said["picture"])
    elif said.get("remove_picture"):
        actions.remove_picture(user=user)


@require_safe
def avatar(request: HttpRequest, user_id: UUID, name: str) -> FileResponse:
    """A person's picture. Foreign and absent answer alike; the address changes with the picture, so it keeps."""
    viewer = request.user
    person = User.objects.only("id", "avatar").filter(id=user_id, avatar=f"avatars/{name}").first()
    if not isinstance(viewer, User) or person is None or not may_see_face(viewer, user_id):
        raise Http404
    try:
        file = person.avatar.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={ONE_YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
