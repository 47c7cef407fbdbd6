"""A right that ends leaves a row, and its session answers to nobody."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client

from accounts import actions, queries
from accounts.models import Revocation
from accounts.rules import Role
from mediation.core import clock
from tests.cast import Cast


def test_a_session_knows_its_person(cast: Cast, helen: Client) -> None:
    found = queries.session_user(helen.session.session_key)
    assert found is not None
    assert (found.id, found.role, found.language, found.name) == (cast.client.id, "client", "en", "Helen Marsh")


def test_unknown_expired_and_anonymous_sessions_are_nobody(cast: Cast, helen: Client) -> None:
    assert queries.session_user("no-such-session") is None
    anonymous = Client()
    anonymous.session.save()
    assert queries.session_user(anonymous.session.session_key) is None
    key = helen.session.session_key
    Session.objects.filter(session_key=key).update(expire_date=clock.now() - timedelta(seconds=1))
    assert queries.session_user(key) is None


def test_signing_out_revokes_that_session_only(cast: Cast, helen: Client) -> None:
    key = helen.session.session_key
    before = clock.now() - timedelta(seconds=1)
    helen.post("/accounts/logout/")
    assert list(queries.revoked_since(before).values()) == [cast.client.id]
    assert Revocation.objects.get().session_key == key
    assert queries.session_user(key) is None


def test_where_nobody_is_signed_in_signing_out_ends_nothing(db: None, client: Client) -> None:
    assert client.post("/admin/logout/").status_code in (200, 302)
    assert not Revocation.objects.exists()


def test_a_sign_out_that_fails_halfway_revokes_nothing(
    cast: Cast, helen: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.flush", broken)
    with pytest.raises(DatabaseError):
        actions.sign_out(user=cast.client, session=helen.session)
    assert not Revocation.objects.exists()


def test_a_closed_account_loses_all_sessions(cast: Cast, helen: Client) -> None:
    actions.deactivate(user=cast.client)
    assert list(Revocation.objects.values_list("reason", "session_key")) == [("deactivated", "")]
    assert queries.session_user(helen.session.session_key) is None


def test_another_role_is_revoked_so_that_sockets_start_anew(cast: Cast) -> None:
    actions.change_role(user=cast.agent, role=Role.QA.value)
    assert Revocation.objects.get().reason == "role_changed"
    cast.agent.refresh_from_db()
    assert cast.agent.role == Role.QA


def test_a_former_administrator_keeps_no_rights(cast: Cast) -> None:
    cast.admin.is_staff = cast.admin.is_superuser = True
    actions.change_role(user=cast.admin, role=Role.CLIENT.value)
    cast.admin.refresh_from_db()
    assert not cast.admin.is_staff
    assert not cast.admin.is_superuser


def test_older_rows_are_left_out(cast: Cast) -> None:
    actions.deactivate(user=cast.client)
    assert queries.revoked_since(clock.now() + timedelta(seconds=1)) == {}


def test_asking_costs_two_reads_for_a_session_and_one_for_revocations(
    helen: Client, django_assert_num_queries: object
) -> None:
    key = helen.session.session_key
    with django_assert_num_queries(2):
        queries.session_user(key)
    with django_assert_num_queries(2):
        assert queries.session_users([key, "no-such-session"]).keys() == {key}
    with django_assert_num_queries(1):
        queries.revoked_since(clock.now())
