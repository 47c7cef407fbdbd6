"""Reads about people: who a session belongs to, which rights ended, and who may see whose face."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Identifier, User
from accounts.rules import IdentifierKind, plain_identifier

# "Do these two share a room?" is known above us: those slices register their answer here.
acquaintance: set[Callable[[UUID, UUID], bool]] = set()

REVOKED_SINCE = "SELECT id, user_id FROM accounts_revocation WHERE at >= %s"
IDENTITY_FIELDS = ("id", "password", "role", "name", "language", "time_zone")


@dataclass(frozen=True, slots=True)
class UserIdentity:
    """Who is behind a session, as of the moment of asking."""

    id: UUID
    role: str
    name: str
    language: str
    time_zone: str
    session_key: str
    is_active: bool = True  # the session of a closed account answers to nobody


def session_user(session_key: str) -> UserIdentity | None:
    """Who this session belongs to now; None if it ended, its password changed or the account was closed."""
    return session_users([session_key]).get(session_key)


def session_users(session_keys: Iterable[str]) -> dict[str, UserIdentity]:
    """The same for many sessions in two reads by primary key; what has ended is left out.

    Django does this work for each request. Open sockets have no request and ask in batches.
    """
    rows = Session.objects.filter(session_key__in=list(session_keys), expire_date__gt=timezone.now())
    store = SessionStore()
    found = {row.session_key: store.decode(row.session_data) for row in rows.only("session_key", "session_data")}
    ids = {data[SESSION_KEY] for data in found.values() if SESSION_KEY in data}
    people = {str(user.pk): user for user in User.objects.only(*IDENTITY_FIELDS).filter(pk__in=ids, is_active=True)}
    identities: dict[str, UserIdentity] = {}
    for key, data in found.items():
        user = people.get(data.get(SESSION_KEY, ""))
        if user and _was_made_with_this_password(user, data.get(HASH_SESSION_KEY, "")):
            identities[key] = UserIdentity(user.pk, user.role, user.name, user.language, user.time_zone, key)
    return identities


def _was_made_with_this_password(user: User, known: str) -> bool:
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(known, candidate) for candidate in hashes)


def revoked_since(moment: datetime) -> dict[int, UUID]:
    """Row → person of every right that ended at `moment` or later.

    It says whose sessions to look up again with `session_users`, no more: some survive, as the one that changed its
    own password. A row becomes visible when its transaction commits, which is later than its `at`: ask for some
    seconds more than have passed, and remember the rows that were seen.
    """
    # Plain SQL: this is asked with every read of new events, thousands of times a minute.
    with connection.cursor() as cursor:
        cursor.execute(REVOKED_SINCE, [connection.ops.adapt_datetimefield_value(moment)])
        return {row: user if isinstance(user, UUID) else UUID(user) for row, user in cursor.fetchall()}


def may_see_face(viewer: User, person_id: UUID) -> bool:
    """Oneself, people one shares or shared a room with, and for Upwork staff everybody."""
    if viewer.id == person_id or viewer.is_upwork_staff:
        return True
    return any(know_each_other(viewer.id, person_id) for know_each_other in acquaintance)


def avatar_url(user_id: UUID, avatar: str | None) -> str | None:
    """Where a person's picture is, from the stored name of its file; None without one.

    The name is new for each picture, so the address may be kept by browsers for good.
    """
    if not avatar:
        return None
    return reverse("accounts:avatar", args=[user_id, avatar.rsplit("/", 1)[-1]])


def is_somebody_elses(email: str, user: User) -> bool:
    """Whether another person signs in with this address."""
    return User.objects.filter(email=email.lower()).exclude(pk=user.pk).exists()


def fingerprint(kind: IdentifierKind, text: str, country: str = "") -> str:
    """What is kept of an identifier: the same for everybody who has it, and computable only with our secret. Raises
    NoPhoneNumber.
    """
    plain = f"{kind.value}:{plain_identifier(kind, text, country)}"
    return salted_hmac("accounts.identifier", plain, algorithm="sha256").hexdigest()


def shared_identifiers(person: User, others: Iterable[UUID]) -> QuerySet[Identifier]:
    """What somebody shares with any of these people: their own rows of it."""
    theirs = Identifier.objects.filter(user__in=list(others)).values("fingerprint")
    return Identifier.objects.filter(user=person, fingerprint__in=theirs)
