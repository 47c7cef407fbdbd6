"""A closed account stops no case: notices go to the last known address, and the case calls a mediator itself."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from accounts import actions as accounts
from accounts.models import User
from mediation.conversations.models import HelpRequest
from mediation.core import clock
from mediation.disputes import errors, tasks
from mediation.disputes.actions import firing, notices
from mediation.disputes.models import Dispute, Notice
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.conftest import Say
from tests.disputes.stories import later, state
from tests.disputes.ways import case_in


def close(user: User) -> None:
    accounts.deactivate(user=User.objects.get(pk=user.pk))


def served(draft: Dispute) -> set[tuple[str, str]]:
    return set(Notice.objects.filter(handed_over_at__isnull=False).values_list("code", "channel"))


@pytest.fixture
def silence(cast: Cast, draft: Dispute, say: Say) -> Dispute:
    """A claim against somebody whose account is closed; the time and the grace are over."""
    say(cast.client, "file")
    close(cast.freelancer)
    tasks.hand_over_notices()
    with later(days=5, minutes=1):
        firing.sweep()
        tasks.hand_over_notices()
    with later(days=7, minutes=2):
        firing.sweep()
    return draft


def test_each_notice_goes_to_the_room_and_to_the_last_known_address(cast: Cast, silence: Dispute) -> None:
    codes = {(code, channel) for code in ("file", "response_overdue") for channel in ("in_app", "email")}
    assert served(silence) == codes
    assert [letter.to for letter in mail.outbox] == [[cast.freelancer.email]] * 2
    assert all("Tu cuenta está cerrada" in letter.body for letter in mail.outbox)


def test_an_open_account_is_not_told_that_it_is_closed(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    notices.hand_over()
    assert "cerrada" not in mail.outbox[0].body


def test_a_supervisor_decides_what_the_silence_means(cast: Cast, silence: Dispute, say: Say) -> None:
    with later(days=8):
        with pytest.raises(errors.AccountClosed):
            say(cast.agent, "confirm_default", reason="No answer.")
        assert say(cast.supervisor, "confirm_default", reason="They closed it themselves.").state == "executing"
        notices.hand_over()
    assert "sin tu respuesta" in mail.outbox[-1].subject


def test_a_supervisor_who_knows_one_of_them_does_not(cast: Cast, silence: Dispute, say: Say) -> None:
    User.objects.filter(pk__in=[cast.supervisor.pk, cast.client.pk]).update(company="Northwind")
    with later(days=8), pytest.raises(errors.ConsentMissing):
        say(User.objects.get(pk=cast.supervisor.pk), "confirm_default", reason="No answer.")


def test_who_comes_back_is_decided_about_as_anybody_else(cast: Cast, silence: Dispute, say: Say) -> None:
    accounts.reactivate(user=User.objects.get(pk=cast.freelancer.pk))
    with later(days=8):
        assert say(cast.agent, "confirm_default", reason="No answer.").state == "executing"


def test_staff_see_it_and_the_other_party_does_not(client: Client, cast: Cast, silence: Dispute) -> None:
    silence = Dispute.objects.get(pk=silence.pk)
    told = {who: case_view(silence, getattr(cast, who))["closed_accounts"] for who in ("client", "agent", "supervisor")}
    gone = [str(cast.freelancer.pk)]
    assert told == {"client": [], "agent": gone, "supervisor": gone}
    address = f"/cases/{silence.pk}/"
    client.force_login(cast.client)
    assert "account is closed" not in client.get(f"/rooms/{cast.room.pk}/").content.decode()
    client.force_login(cast.agent)
    page = client.get(address).content.decode()
    assert "account is closed. Notices go" in page
    assert "A supervisor looks why, and decides." in page
    client.force_login(cast.supervisor)
    assert "Find out why it is closed" in client.get(f"{address}do/confirm_default/").content.decode()


def test_the_end_of_the_talks_calls_a_mediator_all_the_same(cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    close(cast.client)
    with clock.at(clock.now() + timedelta(days=4)):
        firing.sweep()
    assert case.row.state == State.ESCALATED
    assert HelpRequest.objects.get(ended_at__isnull=True).asked_by == cast.client


def test_an_offer_is_accepted_though_who_asked_for_a_mediator_is_gone(cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    case.do(cast.freelancer, "make_offer")
    case.do(cast.freelancer, "ask_mediator")
    close(cast.freelancer)
    case.do(cast.client, "accept_offer")
    assert case.row.state == State.SETTLING
    assert not HelpRequest.objects.filter(ended_at__isnull=True).exists()


@pytest.mark.parametrize("command", ["release", "reassign"])
def test_a_case_is_given_to_another_mediator_though_its_filer_is_gone(cast: Cast, command: str) -> None:
    case = case_in(cast, State.MEDIATING)
    close(cast.client)
    case.do(cast.mediator if command == "release" else cast.supervisor, command)
    if command == "release":
        case.do(cast.agent, "claim")
    assert (case.row.state, case.row.mediator) == (State.MEDIATING, cast.agent)


def test_a_case_is_opened_again_though_its_filer_is_gone(cast: Cast) -> None:
    case: Case = case_in(cast, State.CLOSED)
    close(cast.client)
    case.do(cast.supervisor, "reopen")
    assert (state(case.row), case.row.mediator) == ("mediating", cast.agent)
