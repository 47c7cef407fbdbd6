"""The admin: who gets in, and that it ends rights the same way as everything else."""

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Revocation, User
from tests.cast import PASSWORD, Cast

FIELDS = ("email", "name", "company", "language", "time_zone", "role")


@pytest.fixture
def admin_page(cast: Cast, client: Client) -> Client:
    User.objects.filter(pk=cast.admin.pk).update(is_staff=True, is_superuser=True)
    client.force_login(cast.admin)
    return client


def change(client: Client, user: User, **changes: object) -> int:
    form = {field: getattr(user, field) for field in FIELDS} | {"is_active": "on"} | changes
    return client.post(f"/admin/accounts/user/{user.pk}/change/", form).status_code


@pytest.mark.parametrize(
    "who", ["client", "freelancer", "agent", "senior", "ee", "supervisor", "qa", "analyst", "outsider"]
)
def test_nobody_else_gets_in(cast: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/accounts/user/", follow=True).status_code == 403


def test_strangers_are_sent_to_our_sign_in(client: Client, db: None) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


def test_people_are_found_and_opened(cast: Cast, admin_page: Client) -> None:
    assert "Mateo Giraldo" in admin_page.get("/admin/accounts/user/?q=mateo&role=freelancer").content.decode()
    assert admin_page.get(f"/admin/accounts/user/{cast.client.pk}/change/").status_code == 200
    assert admin_page.get("/admin/accounts/team/").status_code == 200


def test_a_changed_role_is_revoked(cast: Cast, admin_page: Client) -> None:
    assert change(admin_page, cast.agent, role="qa") == 302
    assert list(Revocation.objects.values_list("user", "reason")) == [(cast.agent.pk, "role_changed")]


def test_a_changed_name_revokes_nothing(cast: Cast, admin_page: Client) -> None:
    assert change(admin_page, cast.agent, name="Priya N.") == 302
    assert not Revocation.objects.exists()


def test_closing_an_account_is_revoked(cast: Cast, admin_page: Client) -> None:
    assert change(admin_page, cast.agent, is_active="") == 302
    assert Revocation.objects.get().reason == "deactivated"


def test_several_accounts_are_closed_at_once_but_never_ones_own(cast: Cast, admin_page: Client) -> None:
    chosen = [cast.client.pk, cast.freelancer.pk, cast.admin.pk]
    admin_page.post("/admin/accounts/user/", {"action": "deactivate", "_selected_action": chosen})
    assert set(User.objects.filter(is_active=False)) == {cast.client, cast.freelancer}
    assert Revocation.objects.filter(reason="deactivated").count() == 2


def test_several_accounts_are_opened_again_at_once(cast: Cast, admin_page: Client) -> None:
    closed = [cast.client, cast.freelancer]
    User.objects.filter(pk__in=[one.pk for one in closed]).update(is_active=False)
    chosen = [cast.client.pk, cast.freelancer.pk, cast.agent.pk]
    sent = {"action": "reactivate", "_selected_action": chosen}
    page = admin_page.post("/admin/accounts/user/", sent, follow=True).content.decode()
    assert "2 accounts opened." in page, "one of them was open"
    assert not User.objects.filter(is_active=False).exists()
    assert not Revocation.objects.exists(), "nobody's rights ended"
    assert Client().login(username=cast.client.email, password=PASSWORD)


def test_an_account_that_was_closed_here_is_opened_here(cast: Cast, admin_page: Client) -> None:
    User.objects.filter(pk=cast.agent.pk).update(is_active=False)
    assert change(admin_page, cast.agent) == 302
    assert User.objects.get(pk=cast.agent.pk).is_active


def test_nobody_is_deleted(cast: Cast, admin_page: Client) -> None:
    """What a person said and did stays theirs."""
    assert admin_page.post(f"/admin/accounts/user/{cast.outsider.pk}/delete/", {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [cast.outsider.pk], "post": "yes"}
    admin_page.post("/admin/accounts/user/", sent)
    assert User.objects.filter(pk=cast.outsider.pk).exists()


def test_the_first_administrator_is_made_at_the_command_line(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the rights of the role, and an address that is one however it is written."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Ida@Example.test", interactive=False, verbosity=0)
    ida = User.objects.get()
    assert (ida.email, ida.role, str(ida)) == ("ida@example.test", "admin", "Ida@Example.test")
    client.post("/accounts/login/", {"login": "IDA@example.test", "password": PASSWORD})
    assert client.get("/admin/accounts/user/").status_code == 200


def test_a_password_set_by_an_administrator_ends_sessions(cast: Cast, admin_page: Client) -> None:
    form = {"password1": "a-new-long-word", "password2": "a-new-long-word", "usable_password": "true"}
    admin_page.post(f"/admin/accounts/user/{cast.client.pk}/password/", form)
    assert Revocation.objects.get().user == cast.client


def test_staff_are_made_here(cast: Cast, admin_page: Client) -> None:
    form = {"email": "Nora@Example.test", "name": "Nora Lind", "role": "agent"}
    form |= {"password1": "a-new-long-word", "password2": "a-new-long-word"}
    assert admin_page.post("/admin/accounts/user/add/", form).status_code == 302
    assert User.objects.get(email="nora@example.test").role == "agent"


def test_only_a_superuser_hands_out_rights(cast: Cast, client: Client) -> None:
    from django.contrib.auth.models import Permission

    User.objects.filter(pk=cast.supervisor.pk).update(is_staff=True)
    cast.supervisor.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client.force_login(cast.supervisor)
    change(client, cast.supervisor, role="admin", is_superuser="on")
    cast.supervisor.refresh_from_db()
    assert (cast.supervisor.role, cast.supervisor.is_superuser) == ("supervisor", False)


def test_the_end_of_one_session_and_of_all_are_told_apart(cast: Cast, admin_page: Client) -> None:
    Revocation.objects.create(user=cast.client, session_key="secretsecret", reason="signed_out")
    assert 'alt="True"' in admin_page.get("/admin/accounts/revocation/?reason__exact=signed_out").content.decode()
    Revocation.objects.create(user=cast.agent, reason="role_changed")
    page = admin_page.get("/admin/accounts/revocation/?reason__exact=role_changed").content.decode()
    assert ('alt="False"' in page, 'alt="True"' in page) == (True, False)


def test_revocations_are_read_only_and_show_no_keys(cast: Cast, admin_page: Client) -> None:
    row = Revocation.objects.create(user=cast.client, session_key="secretsecret", reason="signed_out")
    assert "secretsecret" not in admin_page.get("/admin/accounts/revocation/").content.decode()
    assert "secretsecret" not in admin_page.get(f"/admin/accounts/revocation/{row.pk}/change/").content.decode()
    assert admin_page.get("/admin/accounts/revocation/add/").status_code == 403
    assert admin_page.post(f"/admin/accounts/revocation/{row.pk}/delete/").status_code == 403
