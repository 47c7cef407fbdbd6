"""What changes people and ends rights. Every right that ends leaves a `Revocation` in the same transaction.

Open sockets ask for revocations before they deliver, and for `queries.session_user` when they find one: so nothing
reaches a session that ended, and a session that survived (the one that changed its own password) stays.
"""

from functools import partial
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import Identifier, Revocation, User
from accounts.queries import fingerprint
from accounts.rules import STAFF_ROLES, IdentifierKind, Role, plain_identifier


def revoke(*, user: User, reason: str, session_key: str = "") -> Revocation:
    """Note that one session of `user` ended, or with an empty key that all of them must prove themselves again."""
    return Revocation.objects.create(user=user, reason=reason, session_key=session_key)


@transaction.atomic
def sign_out(*, user: User, session: SessionBase) -> None:
    """End one session: its row goes and its revocation comes in one commit."""
    revoke(user=user, reason="signed_out", session_key=session.session_key or "")
    session.flush()


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """Change a password. Every session made with the old one is void from this commit on."""
    user.set_password(password)
    user.save(update_fields=["password"])
    revoke(user=user, reason="password_changed")


@transaction.atomic
def deactivate(*, user: User) -> None:
    """Close an account: no sign-in, and no open socket of this person gets another line."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    revoke(user=user, reason="deactivated")


@transaction.atomic
def reactivate(*, user: User) -> None:
    """Open a closed account again. Nothing is revoked: there is no session left."""
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def change_role(*, user: User, role: str) -> None:
    """Give a person another role. What they may read changes with it, so every open socket starts anew.

    All rights of the admin go with the administrator's role, and its door with the last staff role.
    """
    user.role = Role(role).value
    user.is_superuser = user.is_superuser and user.role == Role.ADMIN
    user.is_staff = user.is_staff and user.role in STAFF_ROLES
    user.save(update_fields=["role", "is_staff", "is_superuser"])
    revoke(user=user, reason="role_changed")


def change_profile(*, user: User, name: str, company: str, language: str, time_zone: str) -> None:
    """Save what a person says about themselves. The values are checked by the form."""
    user.name, user.company, user.language, user.time_zone = name, company, language, time_zone
    user.save(update_fields=["name", "company", "language", "time_zone"])


def add_identifier(*, user: User, kind: IdentifierKind, text: str, country: str = "") -> Identifier:
    """Keep the fingerprint of something that is somebody's; the same again is the same. `country`: where a phone number
    is dialled like that, if it does not say so itself. Raises ValueError where nothing of it can be compared, and
    NoPhoneNumber, which is one.
    """
    if not plain_identifier(kind, text, country):
        raise ValueError("nothing to compare")
    kept, _ = Identifier.objects.update_or_create(
        user=user, kind=kind.value, fingerprint=fingerprint(kind, text, country), defaults={"is_comparable": True}
    )
    return kept


@transaction.atomic
def correct_address(*, user: User, address: EmailAddress, email: str) -> EmailAddress:
    """Put another address in the place of one that nobody ever confirmed. It is what the person signs in with.

    A new row: the link that went to the wrong mailbox must not confirm the right one.
    """
    address.delete()
    user.email = email
    user.save(update_fields=["email"])
    corrected: EmailAddress = EmailAddress.objects.create(user=user, email=email)
    return corrected


@transaction.atomic
def set_picture(*, user: User, picture: bytes) -> None:
    """Give a person a new face, a WebP made by `pictures.face_from`. The old file goes once this is committed."""
    _forget_file(user)
    user.avatar.save(f"{uuid4().hex}.webp", ContentFile(picture), save=False)
    user.save(update_fields=["avatar"])


@transaction.atomic
def remove_picture(*, user: User) -> None:
    """Back to initials."""
    _forget_file(user)
    user.avatar = None
    user.save(update_fields=["avatar"])


def _forget_file(user: User) -> None:
    if user.avatar.name:
        transaction.on_commit(partial(user.avatar.storage.delete, user.avatar.name), robust=True)
