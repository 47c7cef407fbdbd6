"""An agent who is tied to one of the parties says so; both agree, or a supervisor answers for it, or it is nobody's."""

import pytest

from accounts.models import User
from mediation.core.errors import Refused
from mediation.disputes import audience
from mediation.disputes.actions import asking
from mediation.disputes.models import CaseEntry, Dispute
from mediation.disputes.queries.case import case_view
from tests.cast import Cast
from tests.disputes.cases import check_chains
from tests.disputes.conftest import Say
from tests.disputes.stories import ANSWER, state

TEXT = {"text": "I worked for Harbor & Pine until last year."}


@pytest.fixture
def tied(cast: Cast, draft: Dispute, say: Say) -> Say:
    """The case waits for a mediator, and Ana is of Helen's company."""
    for person in (cast.client, cast.mediator):
        User.objects.filter(pk=person.pk).update(company="Harbor & Pine")
        person.refresh_from_db()
    say(cast.client, "file")
    say(cast.freelancer, "decline", **ANSWER)
    say(cast.client, "ask_mediator")
    return say


def refused(act: Say, who: User, command: str, **said: object) -> str:
    with pytest.raises(Refused) as found:
        act(who, command, **said)
    return found.value.code


def test_nobody_takes_a_case_with_a_tie_unsaid(cast: Cast, draft: Dispute, tied: Say) -> None:
    assert refused(tied, cast.mediator, "claim") == "dispute.conflict"
    with pytest.raises(Refused):
        asking.join(user=cast.mediator, room_id=cast.room.pk)
    view = case_view(audience.case_of(cast.mediator, draft.pk), cast.mediator)
    assert view["conflict"] == "disclose"
    open_ones = {one["command"] for one in view["actions"] if one["allowed"]}
    assert "disclose_conflict" in open_ones
    assert "claim" not in open_ones
    assert state(draft) == "escalated"


def test_both_agree_and_the_agent_may_come(cast: Cast, draft: Dispute, tied: Say) -> None:
    tied(cast.mediator, "disclose_conflict", **TEXT)
    tied(cast.client, "answer_disclosure", is_yes=True)
    assert refused(tied, cast.mediator, "claim") == "dispute.conflict", "one yes is not enough"
    assert refused(tied, cast.client, "answer_disclosure", is_yes=False) == "dispute.not_allowed"
    tied(cast.freelancer, "answer_disclosure", is_yes=True)
    for person in (cast.client, cast.freelancer, cast.senior):
        [told] = case_view(audience.case_of(person, draft.pk), person)["disclosures"]
        assert (told["text"], told["is_accepted"], told["is_overridden"]) == (TEXT["text"], True, False)
        assert told["agent"]["name"] == "Ana Duarte"
    assert tied(cast.mediator, "claim").state == "mediating"


def test_one_no_is_enough_and_said_once(cast: Cast, draft: Dispute, tied: Say) -> None:
    tied(cast.mediator, "disclose_conflict", **TEXT)
    tied(cast.freelancer, "answer_disclosure", is_yes=False)
    assert refused(tied, cast.mediator, "claim") == "dispute.conflict"
    assert refused(tied, cast.mediator, "disclose_conflict", **TEXT) == "dispute.not_allowed"
    assert tied(cast.agent, "claim").state == "mediating"


def test_a_supervisor_answers_for_it_with_a_reason_in_the_file(cast: Cast, draft: Dispute, tied: Say) -> None:
    tied(cast.mediator, "disclose_conflict", **TEXT)
    assert refused(tied, cast.supervisor, "override_conflict", reason=" ") == "dispute.reason"
    assert refused(tied, cast.senior, "override_conflict", reason="It is long ago.") == "dispute.not_yours"
    tied(cast.supervisor, "override_conflict", reason="Nobody else speaks Finnish.")
    entry = CaseEntry.objects.get(dispute=draft, type="dispute.override_conflict")
    assert (entry.content["reason"], entry.actor_id) == ("Nobody else speaks Finnish.", cast.supervisor.pk)
    assert tied(cast.mediator, "claim").state == "mediating"


def test_there_must_be_something_to_disclose(cast: Cast, draft: Dispute, tied: Say) -> None:
    assert refused(tied, cast.agent, "disclose_conflict", **TEXT) == "dispute.not_allowed"
    for person in (cast.client, cast.freelancer):
        assert refused(tied, person, "answer_disclosure", is_yes=True) == "dispute.not_allowed"
    tied(cast.mediator, "disclose_conflict", **TEXT)
    assert refused(tied, cast.mediator, "disclose_conflict", **TEXT) == "dispute.not_allowed"
    assert refused(tied, cast.mediator, "answer_disclosure", is_yes=True) == "dispute.not_yours"


def test_a_case_is_not_given_to_an_agent_with_a_tie_unsaid(cast: Cast, mediation: Say) -> None:
    User.objects.filter(pk__in=[cast.client.pk, cast.agent.pk]).update(company="Harbor & Pine")
    code = refused(mediation, cast.supervisor, "reassign", agent_id=cast.agent.pk, brief="All is told.")
    assert code == "dispute.agent_conflict"


def test_whom_an_objection_is_about_does_not_read_why(cast: Cast, draft: Dispute, tied: Say) -> None:
    tied(cast.senior, "claim", override_reason="Nobody else speaks Dutch.")
    tied(cast.client, "object_to_mediator", reason="He is biased.")
    told = {
        person.pk: case_view(audience.case_of(person, draft.pk), person)["objections"][0]["reason"]
        for person in (cast.client, cast.freelancer, cast.senior, cast.supervisor)
    }
    assert list(told.values()) == ["He is biased.", None, None, "He is biased."]
    kept = {one.audience: one.content for one in CaseEntry.objects.filter(dispute=draft, type="dispute.claim")}
    assert "override_reason" not in kept["joint"]
    assert kept["internal"]["override_reason"] == "Nobody else speaks Dutch."
    check_chains(draft.pk)
