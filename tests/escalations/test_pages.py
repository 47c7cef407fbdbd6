"""The pages of the executive desk, without a script: from the referral to the end, and what they refuse."""

import csv
import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from icalendar import Calendar

from mediation.core import clock
from mediation.escalations.models import Case, ReferralRules
from mediation.escalations.rules.states import Item, State
from tests.api.fuzz import ODD_TEXTS
from tests.cast import Cast, person
from tests.escalations.referrals import brought_to, referred, say
from tests.web.test_case_pages import text_of

pytestmark = pytest.mark.django_db


def page_of(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def whole(moment: datetime) -> datetime:
    """Calendars know no milliseconds."""
    return moment.replace(microsecond=0)


def local(days: float) -> str:
    return f"{clock.now() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def do(page: Client, case: Case, command: str, **said: object) -> int:
    """The form of a command, filled in."""
    address = f"/escalations/{case.pk}/do/{command}/"
    assert page.get(address).status_code == 200
    return page.post(address, {"command_id": uuid4(), **said}).status_code


def test_the_whole_way_by_forms(cast: Cast) -> None:
    agent, eva = page_of(cast.agent), page_of(cast.ee)
    said = {
        "press": uuid4(), "name": "Nora Quist", "email": "nora@quist.test", "company": "Quist", "source": "executive",
        "on_behalf_of": "CEO", "reason": "She wants a team.", "segment": "MB", "value_minor": "2,500.00",
        "has_web_presence": "yes", "is_long_term": "", "time_zone": "Asia/Tokyo",
    }  # fmt: skip
    for _ in range(2):
        assert agent.post("/escalations/refer/", said).status_code == 302
    case = Case.objects.get()
    assert (case.value_minor, case.has_web_presence, case.is_long_term) == (250_000, True, None)
    own = text_of(agent.get("/escalations/mine/").content.decode())
    assert "Waits to be taken" in own
    assert "Value of the job post met Established web presence met Segment met" in own
    html = text_of(eva.get(f"/escalations/{case.pk}/").content.decode())
    assert "Value of the job post met" in html
    assert "May hire several people for long not known yet" in html
    plan = {"next_step": "Open the ticket", "follow_up_at": local(1)}
    assert do(eva, case, "claim") == 302
    assert do(eva, case, "reply", text="I call her today.") == 302
    assert "I call her today." in agent.get("/escalations/mine/").content.decode()
    assert do(eva, case, "track", **plan) == 302
    assert do(eva, case, "ticket", ticket="4711") == 302
    assert do(eva, case, "offer_slots", slot_1=local(1), slot_3=local(2)) == 302
    slot = case.slots.last()
    html = text_of(eva.get(f"/escalations/{case.pk}/").content.decode())
    there = slot.starts_at + timedelta(hours=9)
    assert f"{there:%a} {there.day} {there:%b %Y, %H:%M} · Asia/Tokyo" in html
    assert do(eva, case, "schedule_call", slot=slot.pk, minutes=30) == 302
    assert do(eva, case, "begin_call") == 302
    assert do(eva, case, "check", items=list(Item)) == 302
    form = {"needs": "Ten designers", "representative": "Tom", "appointment_at": local(3)}
    assert do(eva, case, "refer_talent", **form) == 302
    assert do(eva, case, "follow", **plan) == 302
    assert do(eva, case, "hand_to_rep", text="Tom meets her.") == 302
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "with_talent_rep")
    assert "With a Talent Solutions representative" in text_of(agent.get("/escalations/mine/").content.decode())


def test_a_refused_form_keeps_what_was_written(cast: Cast) -> None:
    case, eva = brought_to(cast, State.REPLIED), page_of(cast.ee)
    address = f"/escalations/{case.pk}/do/track/"
    answer = eva.post(address, {"next_step": "Open the ticket", "follow_up_at": local(-1)})
    assert answer.status_code == 400
    assert "a moment within the next year" in answer.content.decode()
    assert "Open the ticket" in answer.content.decode()
    assert eva.post(address, {"next_step": "x", "follow_up_at": "soon"}).status_code == 400
    stale = {"next_step": "x", "follow_up_at": local(1), "expected_version": "1"}
    assert eva.post(address, stale).status_code == 409
    assert eva.get(f"/escalations/{case.pk}/do/sing/").status_code == 404
    assert eva.get(f"/escalations/{case.pk}/do/warn/").status_code == 404
    assert eva.get(f"/escalations/{case.pk}/do/claim/").status_code == 302


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00", "x", ""])
def test_a_moment_that_cannot_be_is_refused(cast: Cast, moment: str) -> None:
    cast.ee.time_zone = "Pacific/Auckland"
    cast.ee.save(update_fields=["time_zone"])
    case, eva = brought_to(cast, State.TICKETED, time_zone="Pacific/Honolulu"), page_of(cast.ee)
    for command, said in (
        ("plan", {"next_step": "x", "follow_up_at": moment}),
        ("offer_slots", {"slot_1": moment}),
        ("schedule_call", {"starts_at": moment, "minutes": 30}),
    ):
        address = f"/escalations/{case.pk}/do/{command}/"
        assert eva.post(address, said).status_code == 400, command
    assert Case.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_whatever_is_written_is_taken_or_refused(cast: Cast, text: str) -> None:
    agent, eva = page_of(cast.agent), page_of(cast.ee)
    said = {"press": uuid4(), "source": "p2p", "time_zone": "UTC"}
    written = dict.fromkeys(("name", "reason", "company", "on_behalf_of", "value_minor"), text)
    assert agent.post("/escalations/refer/", said | written).status_code in (302, 400)
    mails = {"name": "Nora", "reason": "x", "email": f"{'a' * 250}@b.test"}
    assert agent.post("/escalations/refer/", said | mails).status_code == 400
    for address in ("/escalations/", "/escalations/tracker.csv"):
        assert eva.get(address, {"q": text, "state": text, "owner": text, "page": text}).status_code == 200
    case = referred(cast)
    for command in ("note", "correct"):
        address = f"/escalations/{case.pk}/do/{command}/"
        said = {"text": text, "name": text, "command_id": text, "expected_version": text, "time_zone": "UTC"}
        assert eva.post(address, said).status_code in (302, 400, 409)
    assert eva.get(f"/escalations/{case.pk}/").status_code == 200


def test_the_tracker_is_filtered_and_changed_in_place(cast: Cast) -> None:
    eva, second = page_of(cast.ee), person("Elin Berg", "ee")
    first = brought_to(cast, State.TRACKED, name="Nora Quist", email="", segment="VSB")
    brought_to(cast, State.CLOSED, name="Otto Klein", email="otto@klein.test")
    referred(cast, name="Uma Rao", email="", source="social")

    def names(query: str) -> set[str]:
        html = eva.get(f"/escalations/?{query}").content.decode()
        return {name for name in ("Nora Quist", "Otto Klein", "Uma Rao") if f">{name}</a>" in html}

    assert names("") == {"Nora Quist", "Uma Rao"}
    assert names("state=all") == {"Nora Quist", "Otto Klein", "Uma Rao"}
    assert names("state=closed") == {"Otto Klein"}
    assert names("source=social") == {"Uma Rao"}
    assert names("segment=VSB") == {"Nora Quist"}
    assert names("q=open+the") == {"Nora Quist"}
    assert names(f"owner={cast.ee.pk}") == {"Nora Quist"}
    assert names(f"owner={second.pk}") == set()
    assert names("owner=x&state=y&page=z") == {"Nora Quist", "Uma Rao"}
    said = {"command_id": uuid4(), "next_step": "Ring twice", "follow_up_at": local(1), "next": "/escalations/?q=Nora"}
    answer = eva.post(f"/escalations/{first.pk}/do/plan/", said)
    assert answer["Location"] == "/escalations/?q=Nora"
    assert "Ring twice" in eva.get(answer["Location"]).content.decode()
    for wrong in ("//evil.test", "https://evil.test/escalations/", "/admin/"):
        answer = eva.post(f"/escalations/{first.pk}/do/plan/", said | {"command_id": uuid4(), "next": wrong})
        assert answer["Location"] == f"/escalations/{first.pk}/"


def test_the_file_holds_what_is_filtered_and_nothing_that_is_computed(cast: Cast) -> None:
    referred(cast, name='=HYPERLINK("http://evil.test")', email="", company="+1")
    referred(cast, name="Uma Rao", email="", source="social")
    answer = page_of(cast.ee).get("/escalations/tracker.csv?source=p2p")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["client"] for row in rows] == ['\'=HYPERLINK("http://evil.test")']
    assert rows[0]["company"] == "'+1"
    assert rows[0]["received_at"].endswith("Z")


def test_a_calendar_gets_the_call_and_its_moves(cast: Cast) -> None:
    case, eva = brought_to(cast, State.CALL_SCHEDULED), page_of(cast.ee)
    address = f"/escalations/{case.pk}/call.ics"

    def event() -> tuple:
        file = Calendar.from_ical(eva.get(address).content)
        one = next(iter(file.walk("VEVENT")))
        return one["UID"], one["SEQUENCE"], one["DTSTART"].dt, one["STATUS"], str(file["METHOD"])

    uid, sequence, begins, status, method = event()
    assert (sequence, begins, status, method) == (0, whole(case.calls.get().starts_at), "CONFIRMED", "PUBLISH")
    say(cast.ee, case, "schedule_call", starts_at=timedelta(days=2), minutes=30)
    assert event()[:3] == (uid, 1, whole(case.calls.get().starts_at))
    say(cast.ee, case, "miss_call", reason="She was ill.")
    assert event()[:2] == (uid, 2)
    assert event()[3:] == ("CANCELLED", "CANCEL")
    other = brought_to(cast, State.TICKETED, email="b@b.test")
    assert eva.get(f"/escalations/{other.pk}/call.ics").status_code == 404


def test_a_lead_gives_cases_and_writes_the_rules(cast: Cast) -> None:
    sue, case = page_of(cast.supervisor), referred(cast)
    assert do(sue, case, "assign", to=cast.ee.pk) == 302
    case.refresh_from_db()
    assert case.owner == cast.ee
    assert "The job post is worth $2,500.00 or more" in text_of(sue.get("/escalations/rules/").content.decode())
    said = {"least_value_minor": "5000", "least_segment": "MB", "asks_web_presence": "on", "note": "Fewer, larger"}
    assert sue.post("/escalations/rules/", said).status_code == 302
    newest = ReferralRules.objects.first()
    assert (newest.version, newest.least_value_minor, newest.least_segment) == (2, 500_000, "MB")
    assert (newest.asks_web_presence, newest.asks_long_term) == (True, False)
    assert sue.post("/escalations/rules/", said | {"note": ""}).status_code == 400
    assert "Fewer, larger" in page_of(cast.agent).get("/escalations/rules/").content.decode()


def test_a_contact_is_joined_with_its_account_on_the_page(cast: Cast) -> None:
    case, eva = referred(cast), page_of(cast.ee)
    person("Nora Quist", email="nora@quist.test")
    assert "Join with the account of Nora Quist" in text_of(eva.get(f"/escalations/{case.pk}/").content.decode())
    assert eva.post(f"/escalations/{case.pk}/merge/").status_code == 302
    assert "There is an account" not in eva.get(f"/escalations/{case.pk}/").content.decode()


def test_figures_count_what_there_is(cast: Cast) -> None:
    brought_to(cast, State.CLOSED)
    brought_to(cast, State.CLAIMED, email="", source="executive", on_behalf_of="CEO")
    html = text_of(page_of(cast.ee).get("/escalations/overview/").content.decode())
    assert "In time 1 Too late 0" in html
    assert "Taken, reply due 1" in html
    assert "Resolved 1" in html
    assert "CEO · Eva Lind" in html


def test_what_is_written_about_a_client_is_never_markup(cast: Cast) -> None:
    case = referred(cast, name="<b>Nora</b>", reason="<script>x()</script>", email="")
    html = page_of(cast.ee).get(f"/escalations/{case.pk}/").content.decode()
    assert "<script>x()" not in html
    assert "&lt;b&gt;Nora" in html


def test_the_admin_is_to_look_at(cast: Cast) -> None:
    case, admin = referred(cast), page_of(cast.admin)
    assert admin.get("/admin/escalations/case/").status_code == 200
    assert admin.get(f"/admin/escalations/case/{case.pk}/change/").status_code == 200
    assert admin.post(f"/admin/escalations/case/{case.pk}/change/", {"state": "closed"}).status_code == 403
    assert admin.get("/admin/escalations/case/add/").status_code == 403
