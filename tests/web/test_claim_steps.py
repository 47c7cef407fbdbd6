"""A claim is written step by step by plain forms: each step keeps the draft, and holds its own errors."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from mediation.disputes.models import CaseEntry, Dispute, Policy
from mediation.disputes.rules.policy import Terms
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.funds import held_milestone, paid

pytestmark = pytest.mark.django_db


class Wizard:
    """Helen at her claim, by the addresses that the pages lead to."""

    def __init__(self, browser: Client, cast: Cast) -> None:
        self.browser, self.at = browser, reverse("web:claim", args=[cast.room.pk])
        self.evidence = reverse("web:claim_evidence", args=[cast.room.pk])

    def begin(self, about: str) -> None:
        assert self.browser.post(self.at, {"about": about}).status_code == 302

    def look(self, step: str = "") -> str:
        answer = self.browser.get(self.at, {"step": step} if step else {})
        assert answer.status_code == 200
        return answer.content.decode()

    def goes(self, step: str, do: str = "next", **said: str) -> str:
        """Where a step leads."""
        answer = self.browser.post(self.at, {"step": step, "do": do} | said)
        assert answer.status_code == 302, answer.content.decode()
        there = urlsplit(answer.headers["Location"])
        return there.query.removeprefix("step=") or there.path

    def refused(self, step: str, do: str = "next", **said: str) -> str:
        answer = self.browser.post(self.at, {"step": step, "do": do} | said)
        assert 400 <= answer.status_code < 500
        return answer.content.decode()


@pytest.fixture
def wizard(client: Client, cast: Cast, milestone: object) -> Wizard:
    client.force_login(cast.client)
    found = Wizard(client, cast)
    found.begin(f"A:{cast.room.contract.milestones.get().pk}")
    return found


def title(html: str) -> str:
    return html.partition("<title>")[2].partition(" – ")[0]


def test_the_whole_way_forward_and_what_is_filed(wizard: Wizard, cast: Cast) -> None:
    html = wizard.look()
    assert title(html) == "Step 2 of 7: Kind of problem"
    assert 'id="step" tabindex="-1" autofocus' in html
    assert 'name="statement"' not in html, "one step at a time"
    assert wizard.goes("problem", problem="quality") == "money"
    assert "$2,200.00 is held in escrow for “Checkout and launch”." in wizard.look("money")
    assert wizard.goes("money", amount_minor="2,000.00") == "wants"
    assert wizard.goes("wants", claimed_refund_minor="1,500", wants="A working checkout.") == "statement"
    assert wizard.goes("statement", statement="It fails on phones.") == wizard.evidence
    evidence = wizard.browser.get(wizard.evidence).content.decode()
    assert title(evidence) == "Step 6 of 7: What shows it"
    assert f'href="{wizard.at}?step=review"' in evidence
    review = wizard.look("review")
    for shown in ("The work is not as agreed", "$2,000.00", "$1,500.00", "$500.00", "A working checkout.",
                  "It fails on phones.", "Mateo has 5 days to answer.", "$2,000.00 is frozen in escrow",
                  "Mateo and Upwork read at once"):  # fmt: skip
        assert shown in review
    assert wizard.goes("review", do="file") == reverse("web:room", args=[cast.room.pk])
    case = Dispute.objects.get()
    assert (case.state, case.amount_minor, case.claimed_refund_minor) == ("awaiting_response", 200_000, 150_000)


def test_going_back_keeps_what_was_written_and_asks_for_nothing(wizard: Wizard) -> None:
    assert wizard.goes("problem", do="back") == "about"
    assert wizard.goes("statement", do="back", statement="Half a sen") == "wants"
    assert "Half a sen" in wizard.look("statement")
    assert wizard.goes("wants", do="back", wants="Half") == "money"
    assert wizard.goes("money", do="save", amount_minor="100") == "money"
    assert 'value="100.00"' in wizard.look("money")


@pytest.mark.parametrize(
    ("step", "said", "error"),
    [
        ("problem", {}, "This field is required."),
        ("money", {"amount_minor": ""}, "This field is required."),
        ("money", {"amount_minor": "2,200.01"}, "This is more than is held in escrow for this milestone."),
        ("money", {"amount_minor": "lots"}, "Write the sum"),
        ("wants", {"claimed_refund_minor": "", "wants": "Kept words"}, "This field is required."),
        ("wants", {"claimed_refund_minor": "2,300", "wants": "Kept words"}, "more than the amount in dispute"),
        ("statement", {"statement": " "}, "This field is required."),
    ],
)
def test_an_error_stands_on_its_step_and_loses_nothing(
    wizard: Wizard, step: str, said: dict[str, str], error: str
) -> None:
    html = wizard.refused(step, **said)
    assert f'name="step" value="{step}"' in html
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert html.count("autofocus") == 1
    assert error in html.replace("&#x27;", "'")
    for value in said.values():
        assert value in html
    if "wants" in said:
        assert "Kept words" in wizard.look("wants"), "what was right is kept with the draft"


def test_filing_too_early_opens_the_step_that_is_missing(wizard: Wizard) -> None:
    html = wizard.refused("review", do="file")
    assert 'name="step" value="problem"' in html
    wizard.goes("problem", problem="quality")
    html = wizard.refused("review", do="file")
    assert 'name="step" value="wants"' in html
    assert "Not said yet" in wizard.look("review")
    assert title(wizard.look()) == "Step 4 of 7: What you want", "there one goes on the next time"


def test_whoever_wants_nothing_back_says_so_and_finds_it_again(wizard: Wizard) -> None:
    assert 'name="claimed_refund_minor" value=""' in wizard.look("wants")
    wizard.goes("wants", claimed_refund_minor="0")
    assert 'name="claimed_refund_minor" value="0.00"' in wizard.look("wants")
    wizard.goes("problem", problem="payment")
    wizard.goes("statement", statement="I did the work.")
    assert title(wizard.look()) == "Step 7 of 7: Read and file"
    wizard.goes("review", do="file")
    assert Dispute.objects.get().claimed_refund_minor == 0


def test_going_on_unchanged_writes_nothing(wizard: Wizard) -> None:
    wizard.goes("problem", problem="quality")
    entries = CaseEntry.objects.count()
    wizard.goes("problem", problem="quality")
    wizard.goes("review", do="back")
    assert CaseEntry.objects.count() == entries


def test_what_is_gone_by_the_time_of_filing_is_said_at_the_money(wizard: Wizard, cast: Cast) -> None:
    wizard.goes("problem", problem="quality")
    wizard.goes("wants", claimed_refund_minor="2200")
    wizard.goes("statement", statement="It fails.")
    paid(cast.room.contract.milestones.get())
    html = wizard.refused("review", do="file")
    assert 'name="step" value="money"' in html
    assert 'href="?about"' in html.split('role="alert"')[1].split("</div>")[0]


def test_a_claim_filed_in_another_window_leads_to_the_room(
    wizard: Wizard, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Dispute.objects.get()
    wizard.goes("problem", problem="quality")
    wizard.goes("wants", claimed_refund_minor="2200")
    wizard.goes("statement", statement="It fails.")
    monkeypatch.setattr("mediation.disputes.audience.draft_of", lambda user, room_id: draft)
    wizard.goes("review", do="file")
    assert wizard.goes("review", do="file") == reverse("web:room", args=[cast.room.pk])


def test_money_that_was_paid_and_days_of_the_policy_in_force(client: Client, cast: Cast) -> None:
    Policy.objects.create(
        version=7, terms=Terms(response_days_assistance=1).as_dict(), created_at=cast.room.created_at,
        published_at=cast.room.created_at,
    )  # fmt: skip
    held_milestone(cast.room.contract, AMOUNT)
    client.force_login(cast.client)
    wizard = Wizard(client, cast)
    assert "the other side has 5 days to answer" in wizard.look()
    was_paid = held_milestone(cast.room.contract, 50_000, position=2)
    paid(was_paid)
    assert "the other side has 1 to 5 days to answer" in wizard.look()
    wizard.begin(f"B:{was_paid.pk}")
    assert "$500.00 was paid for “Part 2”." in wizard.look("money")
    assert "This is more than was paid for it." in wizard.refused("money", amount_minor="501")
    review = wizard.look("review")
    assert "Nothing is frozen" in review
    assert "Mateo has 1 day to answer." in review


def test_a_step_that_is_none_goes_on_where_one_was(wizard: Wizard) -> None:
    assert title(wizard.look("nonsense")) == "Step 2 of 7: Kind of problem"
    assert wizard.browser.get(wizard.at, {"step": "evidence"}).headers["Location"] == wizard.evidence
