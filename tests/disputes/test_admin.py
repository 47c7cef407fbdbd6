"""The admin of cases: facts without words, commands through the one writer, and policies that stay as published."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from mediation.core.errors import Refused
from mediation.disputes.actions import policies
from mediation.disputes.forms.policy import LABELS
from mediation.disputes.models import Dispute, LedgerEntry, Policy
from mediation.disputes.queries.simulation import simulate
from mediation.disputes.rules.bounds import BOUNDS, outside
from mediation.disputes.rules.policy import Terms
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import recommend, state

MODELS = [("dispute", Dispute), ("policy", Policy), ("ledgerentry", LedgerEntry)]


def page(name: str, *args: object) -> str:
    return reverse(f"admin:disputes_{name}", args=args)


def may_open_the_admin(user: User, *names: str) -> User:
    """A supervisor or senior who was given the right to look at cases in the admin."""
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="disputes", codename__in=names))
    return user


def test_facts_are_shown_and_not_a_word_of_what_people_wrote(
    cast: Cast, draft: Dispute, mediation: Say, client: Client
) -> None:
    recommend(cast, mediation, draft)
    mediation(cast.client, "answer", is_yes=True)
    client.force_login(cast.admin)
    html = client.get(page("dispute_change", draft.pk)).content.decode()
    assert "holds" in html
    assert "dispute.issue_recommendation" in html
    for word in ("The checkout fails on phones", "I delivered what", "My view.", "It fails on small", "Share it.",
                 "dispute.answer<", "dispute.draft_recommendation"):  # fmt: skip
        assert word not in html
    assert "2001" in client.get(page("dispute_changelist"), {"q": "2001"}).content.decode()
    assert "Website redesign" in client.get(page("dispute_changelist"), {"q": "Mateo"}).content.decode()
    assert client.get(page("ledgerentry_changelist"), {"q": "frozen"}).status_code == 200


def test_a_draft_of_a_claim_is_not_even_a_row(cast: Cast, draft: Dispute, client: Client) -> None:
    client.force_login(cast.admin)
    assert str(draft.pk) not in client.get(page("dispute_changelist")).content.decode()
    assert client.get(page("dispute_change", draft.pk)).status_code == 302


def test_nothing_of_a_case_can_be_added_changed_or_deleted(
    cast: Cast, draft: Dispute, say: Say, client: Client
) -> None:
    say(cast.client, "file")
    client.force_login(cast.admin)
    before = Dispute.objects.filter(pk=draft.pk).values().get()
    assert client.get(page("dispute_add")).status_code == 403
    assert client.post(page("dispute_change", draft.pk), {"state": "closed"}).status_code == 403
    assert client.post(page("dispute_delete", draft.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": str(draft.pk), "post": "yes"}
    client.post(page("dispute_changelist"), chosen)
    assert Dispute.objects.filter(pk=draft.pk).values().get() == before


def test_a_command_is_said_through_the_one_writer_by_who_may(
    cast: Cast, draft: Dispute, say: Say, client: Client
) -> None:
    say(cast.client, "file")
    supervisor = may_open_the_admin(cast.supervisor, "view_dispute")
    client.force_login(supervisor)
    hold = page("dispute_do", draft.pk, "hold")
    assert hold in client.get(page("dispute_change", draft.pk)).content.decode()
    assert client.post(hold, {"reason": " "}).status_code == 200
    assert not draft.overlays.exists()
    assert client.post(hold, {"reason": "Trust and safety looks at it."}).status_code == 302
    assert draft.overlays.get().asked_by == supervisor
    refused = client.post(hold, {"reason": "Once more."})
    assert "on hold" in refused.content.decode()
    assert client.post(page("dispute_do", draft.pk, "unhold")).status_code == 302
    due = draft.timers.get(fired_at=None, cancelled_at=None).due_at
    assert client.post(page("dispute_do", draft.pk, "extend"), {"reason": "Fair.", "hours": 24}).status_code == 302
    assert draft.timers.get(fired_at=None, cancelled_at=None).due_at == due + timedelta(hours=24)
    assert client.post(page("dispute_do", draft.pk, "void"), {"reason": "Filed twice."}).status_code == 302
    assert state(draft) == "closed"


def test_what_the_command_refuses_stands_at_its_field_and_is_kept(
    cast: Cast, draft: Dispute, say: Say, client: Client
) -> None:
    say(cast.client, "file")
    client.force_login(may_open_the_admin(cast.supervisor, "view_dispute"))
    hold, long = page("dispute_do", draft.pk, "hold"), "x" * 501
    answer = client.post(hold, {"reason": long})
    assert answer.status_code == 200
    assert "500" in answer.content.decode()
    assert long in answer.content.decode()
    assert not draft.overlays.exists()


def test_a_case_is_handed_over_to_an_agent_by_name(cast: Cast, draft: Dispute, mediation: Say, client: Client) -> None:
    client.force_login(may_open_the_admin(cast.supervisor, "view_dispute"))
    door = page("dispute_do", draft.pk, "reassign")
    assert cast.agent.name in client.get(door).content.decode()
    assert client.post(door, {"agent_id": cast.outsider.pk, "brief": "Take it."}).status_code == 200
    assert client.post(door, {"agent_id": cast.agent.pk, "brief": "They wait for the plan."}).status_code == 302
    draft.refresh_from_db()
    assert draft.mediator == cast.agent


def test_who_may_not_is_refused(cast: Cast, draft: Dispute, say: Say, client: Client) -> None:
    say(cast.client, "file")
    hold = page("dispute_do", draft.pk, "hold")
    client.force_login(cast.admin)
    assert "/do/" not in client.get(page("dispute_change", draft.pk)).content.decode()
    assert client.post(hold, {"reason": "As admin."}).status_code == 403
    without_right = may_open_the_admin(cast.senior)
    for person in (cast.client, cast.outsider, cast.mediator, without_right):
        client.force_login(person)
        assert client.get(page("dispute_change", draft.pk)).status_code in (302, 403)
        assert client.post(hold, {"reason": "I say so."}).status_code in (302, 403)
        for name, _model in MODELS:
            assert client.get(page(f"{name}_changelist")).status_code in (302, 403)
    may_open_the_admin(cast.senior, "view_dispute")
    client.force_login(cast.senior)
    assert client.post(page("dispute_do", draft.pk, "withdraw")).status_code == 403
    assert client.post(page("policy_publish", draft.policy_id)).status_code == 403
    assert not draft.overlays.exists()


# --- Policies ------------------------------------------------------------------------------------------------
def numbers(**changed: int) -> dict[str, object]:
    return Terms().as_dict() | {"note": "Shorter talks"} | changed


def test_every_number_has_a_name_and_bounds_and_the_seeded_ones_are_within() -> None:
    assert list(BOUNDS) == list(LABELS) == list(Terms().as_dict())
    assert list(outside(Terms())) == []
    assert list(outside(Terms(cool_off_least_hours=30))) == ["cool_off_most_hours"]
    assert "sign_hours" in list(outside(Terms(sign_hours=1)))
    assert list(outside(Terms(auto_release_days=2, auto_release_warning_hours=49))) == ["auto_release_warning_hours"]
    assert list(outside(Terms(talks_hours=72, talks_most_days=2))) == ["talks_most_days"]


def test_draft_try_publish_and_open_cases_keep_theirs(
    cast: Cast, draft: Dispute, mediation: Say, client: Client
) -> None:
    client.force_login(cast.admin)
    assert 'value="72"' in client.get(page("policy_add")).content.decode()
    wrong = client.post(page("policy_add"), numbers(talks_hours=5))
    assert (wrong.status_code, Policy.objects.count()) == (200, 1)
    assert client.post(page("policy_add"), numbers(talks_hours=48)).status_code == 302
    made = Policy.objects.get(version=2)
    assert (made.published_at, made.created_by, Terms.of(made.terms).talks_hours) == (None, cast.admin, 48)
    changed = numbers(talks_hours=24, low_value_below_minor=300_000, answer_least_hours=49)
    assert client.post(page("policy_change", made.pk), changed).status_code == 302
    html = client.get(page("policy_simulate", made.pk)).content.decode()
    for said in ("2001", "End of the talks", "lane for small sums"):
        assert said in html
    assert client.post(page("policy_publish", made.pk)).status_code == 302
    made.refresh_from_db()
    assert made.published_at is not None
    draft.refresh_from_db()
    assert draft.policy.version == 1
    assert client.post(page("policy_change", made.pk), numbers(talks_hours=96)).status_code == 403
    assert client.post(page("policy_delete", made.pk), {"post": "yes"}).status_code == 403
    client.post(page("policy_publish", made.pk))
    with pytest.raises(Refused):
        policies.write_draft(user=cast.admin, terms=Terms(), note="", policy=made)
    again = Policy.objects.get(pk=made.pk)
    assert (again.terms, again.published_at) == (made.terms, made.published_at)
    assert "Direct talks: 24 hours" in client.get(page("policy_change", made.pk)).content.decode()


def test_the_simulation_says_who_would_have_been_too_late(cast: Cast, draft: Dispute, say: Say) -> None:
    from tests.disputes.stories import ANSWER, later

    say(cast.client, "file")
    with later(days=4):
        say(cast.freelancer, "decline", **ANSWER)
    made = policies.write_draft(user=cast.admin, terms=Terms(response_days_escrow=3), note="")
    tried = simulate(made)
    assert (tried.looked_at, len(tried.tried), tried.late) == (1, 1, 1)
    assert simulate(draft.policy).tried == ()


def test_a_draft_of_a_policy_can_be_thrown_away(cast: Cast, client: Client) -> None:
    made = policies.write_draft(user=cast.admin, terms=Terms(), note="Never mind")
    client.force_login(cast.admin)
    assert client.post(page("policy_delete", made.pk), {"post": "yes"}).status_code == 302
    assert not Policy.objects.filter(pk=made.pk).exists()
