"""A referred case by its one writer: who may say what, once, in order, with a log and events."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError

from mediation.core import clock
from mediation.core.errors import NotFound, Refused
from mediation.escalations.actions import contacts, mails, referring
from mediation.escalations.actions.referring import change_rules
from mediation.escalations.actions.transition import Result, transition
from mediation.escalations.errors import AddressTaken, IdUsed, NothingToMerge, NotNow, NotYours, Stale, Unfit
from mediation.escalations.models import Call, Case, Contact, Entry, Notice
from mediation.escalations.rules.criteria import Terms
from mediation.escalations.rules.states import Item, State
from mediation.events.models import Event
from tests.at_once import at_once
from tests.cast import Cast, person
from tests.escalations.referrals import brought_to, referral, referred, say

pytestmark = pytest.mark.django_db


def test_the_whole_way_leaves_a_log_and_events_without_gaps(cast: Cast) -> None:
    case = brought_to(cast, State.CLOSED)
    assert (case.state, case.outcome, case.owner) == ("closed", "resolved", cast.ee)
    numbers = list(case.entries.values_list("number", flat=True))
    assert numbers == list(range(1, case.version + 1))
    told = Event.objects.filter(topic_id=case.pk).order_by("seq")
    assert [event.seq for event in told] == numbers
    assert [event.type for event in told][:3] == ["escalation.refer", "escalation.claim", "escalation.reply"]
    assert told.last().data == {"case": str(case.pk), "state": "closed", "owner": str(cast.ee.pk)}
    assert Call.objects.get(case=case).status == "held"


def test_with_a_representative_it_ends_from_talent_solutions(cast: Cast) -> None:
    case = brought_to(cast, State.TALENT_REFERRED)
    say(cast.ee, case, "hand_to_rep", text="Tom meets her.")
    case.refresh_from_db()
    assert case.outcome == "with_talent_rep"
    other = brought_to(cast, State.FOLLOWING, email="b@b.test")
    with pytest.raises(Unfit):
        say(cast.ee, other, "hand_to_rep", text="Somebody has her.")


def test_only_the_desk_sees_a_case_and_only_its_owner_works_on_it(cast: Cast) -> None:
    case = brought_to(cast, State.CLAIMED)
    for nobody in (cast.client, cast.freelancer, cast.agent, cast.senior, cast.qa, cast.analyst, cast.admin):
        with pytest.raises(NotFound):
            say(nobody, case, "reply", text="Hello")
    second = person("Elin Berg", "ee")
    for other in (second, cast.supervisor):
        with pytest.raises(NotYours):
            say(other, case, "reply", text="Hello")
    with pytest.raises(NotNow):
        say(cast.ee, case, "claim")
    with pytest.raises(NotFound):
        say(cast.ee, case, "sing")
    for system in ("warn", "breach", "remind"):
        with pytest.raises((NotYours, NotNow)):
            say(cast.ee, case, system)
    say(cast.supervisor, case, "hand_over", to=second.pk, reason="Eva is ill.")
    say(second, case, "reply", text="Hello")
    with pytest.raises(NotYours):
        say(cast.ee, case, "track", next_step="x", follow_up_at=timedelta(hours=1))


def test_nobody_works_on_a_case_about_themselves(cast: Cast) -> None:
    case = referred(cast)
    Contact.objects.filter(pk=case.contact_id).update(person=cast.ee)
    with pytest.raises(NotFound):
        say(cast.ee, case, "claim")


def test_a_closed_account_says_nothing(cast: Cast) -> None:
    case = referred(cast)
    cast.ee.is_active = False
    with pytest.raises(NotFound):
        say(cast.ee, case, "claim")


def test_the_same_command_id_is_the_same_result(cast: Cast) -> None:
    case, press = referred(cast), uuid4()
    said = {"actor": cast.ee, "case_id": case.pk, "command": "claim", "command_id": press}
    first, again = transition(**said), transition(**said)
    assert (first.version, again.version, again.repeated) == (2, 2, True)
    with pytest.raises(IdUsed):
        transition(**said | {"command": "note", "said": {"text": "x"}})
    with pytest.raises(Stale) as stale:
        transition(actor=cast.ee, case_id=case.pk, command="note", said={"text": "x"}, expected_version=1)
    assert stale.value.detail == {"version": 2}


def test_the_same_form_refers_once(cast: Cast) -> None:
    press = uuid4()
    first = referring.refer(user=cast.agent, press=press, said=referral())
    assert referring.refer(user=cast.agent, press=press, said=referral()) == first
    assert Case.objects.count() == 1
    for nobody in (cast.client, cast.qa, cast.analyst, cast.admin):
        with pytest.raises(NotFound):
            referring.refer(user=nobody, press=uuid4(), said=referral())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_case_at_once_one_has_it(live_cast: Cast) -> None:
    case, second = referred(live_cast), person("Elin Berg", "ee")
    results = at_once(*(lambda user=user: say(user, case, "claim") for user in (live_cast.ee, second)))
    assert sorted(type(one).__name__ for one in results) == ["NotNow", "Result"]
    assert Entry.objects.filter(case=case, command="claim").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_press_at_once_is_one_case_and_one_command(live_cast: Cast) -> None:
    press = uuid4()
    made = at_once(
        *[lambda: referring.refer(user=live_cast.agent, press=press, said=referral(name="Ada", email="")).pk] * 3
    )
    assert len(set(made)) == 1
    said = {"actor": live_cast.ee, "case_id": made[0], "command": "claim", "command_id": uuid4()}
    results = at_once(*[lambda: transition(**said)] * 3)
    assert sorted(isinstance(one, Result) and one.repeated for one in results) == [False, True, True]


def test_the_checklist_is_gone_through_before_a_case_is_followed(cast: Cast) -> None:
    case = brought_to(cast, State.ASSISTING)
    plan = {"next_step": "Ask how it went", "follow_up_at": timedelta(days=2)}
    say(cast.ee, case, "check", items=["job_post", "filters"])
    with pytest.raises(Unfit) as refused:
        say(cast.ee, case, "follow", **plan)
    assert refused.value.code == "escalation.unchecked"
    say(cast.ee, case, "check", items=list(Item))
    say(cast.ee, case, "check", items=["job_post"])
    with pytest.raises(Unfit):
        say(cast.ee, case, "follow", **plan)
    say(cast.ee, case, "check", items=list(Item))
    say(cast.ee, case, "follow", **plan)


def test_a_call_is_moved_with_its_uid_and_dropped_with_its_case(cast: Cast) -> None:
    case = brought_to(cast, State.TICKETED)
    say(cast.ee, case, "offer_slots", slots=[clock.now() + timedelta(days=n) for n in (1, 2)])
    assert case.slots.count() == 2
    say(cast.ee, case, "schedule_call", starts_at=timedelta(days=1), minutes=20)
    assert case.slots.count() == 0
    first = Call.objects.get(case=case)
    say(cast.ee, case, "schedule_call", starts_at=timedelta(days=2), minutes=20)
    moved = Call.objects.get(case=case)
    assert (moved.pk, moved.sequence, moved.starts_at > first.starts_at) == (first.pk, 1, True)
    say(cast.ee, case, "lose", reason="She went elsewhere.")
    assert Call.objects.get(case=case).status == "dropped"
    case.refresh_from_db()
    assert (case.follow_up_at, case.next_step) == (None, "")


def test_a_client_without_an_address_gets_no_ticket(cast: Cast) -> None:
    case = brought_to(cast, State.TRACKED, email="")
    with pytest.raises(Unfit) as refused:
        say(cast.ee, case, "ticket", ticket="4711")
    assert refused.value.code == "escalation.unreachable"
    say(cast.ee, case, "correct", email="Nora@Quist.test")
    say(cast.ee, case, "ticket", ticket="4711")
    assert Contact.objects.get(pk=case.contact_id).email == "nora@quist.test"


def test_somebody_who_was_referred_before_is_the_same_contact(cast: Cast) -> None:
    first, again = referred(cast), referred(cast, email="NORA@quist.test", name="N. Quist")
    assert first.contact == again.contact
    other = referred(cast, email="other@quist.test")
    with pytest.raises(AddressTaken):
        say(cast.ee, other, "correct", email="nora@quist.test")
    assert referred(cast, email="").contact != referred(cast, email="").contact


def test_a_contact_is_joined_with_the_account_that_comes_later(cast: Cast) -> None:
    case = referred(cast)
    with pytest.raises(NothingToMerge):
        contacts.merge(user=cast.ee, case_id=case.pk)
    nora = person("Nora Quist", email="nora@quist.test")
    with pytest.raises(NotFound):
        contacts.merge(user=cast.agent, case_id=case.pk)
    assert contacts.merge(user=cast.ee, case_id=case.pk).person == nora
    assert contacts.merge(user=cast.ee, case_id=case.pk).person == nora
    assert referred(cast).contact.person == nora


def test_two_contacts_of_one_person_become_one(cast: Cast) -> None:
    nora = person("Nora Quist", email="nora@private.test")
    known = referred(cast, email="nora@private.test")
    other = referred(cast, email="nora@work.test")
    nora.email = "nora@work.test"
    nora.save(update_fields=["email"])
    stays = contacts.merge(user=cast.ee, case_id=other.pk)
    other.refresh_from_db()
    assert stays == known.contact == other.contact


def test_a_member_of_staff_is_nobodys_account(cast: Cast) -> None:
    case = referred(cast, email=cast.agent.email)
    assert case.contact.person is None
    with pytest.raises(NothingToMerge):
        contacts.merge(user=cast.ee, case_id=case.pk)


def test_rules_are_versions_and_a_case_keeps_the_ones_it_was_referred_under(cast: Cast) -> None:
    before = referred(cast)
    with pytest.raises(NotFound):
        change_rules(user=cast.ee, terms=Terms(), note="Mine")
    change_rules(user=cast.supervisor, terms=Terms(least_segment="MB"), note="Larger ones")
    after = referred(cast, email="")
    assert (before.rules.version, before.rules.least_segment) == (1, "SB")
    assert (after.rules.version, after.rules.least_segment) == (2, "MB")


def test_who_referred_a_client_gets_the_reply_by_mail(cast: Cast) -> None:
    case = brought_to(cast, State.REPLIED)
    assert list(Notice.objects.values_list("to", "entry__command")) == [(cast.agent.pk, "reply")]
    own = referred(cast, by=cast.ee)
    say(cast.ee, own, "claim")
    say(cast.ee, own, "reply", text="I told them on the phone.")
    assert Notice.objects.count() == 1
    assert case.reply == "I call her today."


def test_the_mail_with_the_reply_is_in_the_referrers_language_and_leads_to_their_referrals(cast: Cast) -> None:
    cast.agent.language = "es"
    cast.agent.save(update_fields=["language"])
    brought_to(cast, State.REPLIED)
    assert (mails.hand_over(), mails.hand_over()) == (1, 0)
    letter = mail.outbox[0]
    assert letter.to == [cast.agent.email]
    assert letter.subject == "El equipo de dirección ha respondido sobre Nora Quist"
    assert "I call her today." in letter.body
    assert "/escalations/mine/" in letter.body


def test_who_sets_a_call_gets_its_calendar_file_by_mail(cast: Cast) -> None:
    case = brought_to(cast, State.CALL_SCHEDULED)
    say(cast.ee, case, "schedule_call", starts_at=timedelta(days=2), minutes=30)
    assert mails.hand_over() == 3
    files = [letter.attachments[0] for letter in mail.outbox if letter.to == [cast.ee.email]]
    assert [name for name, _content, _kind in files] == ["call.ics", "call.ics"]
    assert all("SUMMARY:Call with Nora Quist" in content for _name, content, _kind in files)
    assert f"UID:{case.calls.get().pk}@parley" in files[0][1]


def test_the_database_keeps_states_and_owners_together(cast: Cast) -> None:
    case = referred(cast)
    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(state="claimed")


def test_refusals_have_words(cast: Cast) -> None:
    case = brought_to(cast, State.CLAIMED)
    with pytest.raises(Refused) as refused:
        say(cast.ee, case, "reply", text="")
    assert refused.value.as_dict()["code"] == "escalation.words"
    assert "at least a word" in str(refused.value.message)
