"""A claim fits its money: held, paid or last week's; not more than is there, and while there is time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from mediation.conversations.models import Contract as Job
from mediation.core import clock
from mediation.core.errors import NotFound, Refused
from mediation.disputes import errors
from mediation.disputes.actions import claims, firing, ledger, payments
from mediation.disputes.models import Dispute
from mediation.disputes.queries.claimable import of_contract
from mediation.disputes.rules.claimable import About, Claimable, Contract, Held, Paid, attached, claimable, fitting
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import State, Track
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case
from tests.disputes.funds import paid
from tests.disputes.stories import later
from tests.disputes.ways import case_in, start

A, B, C = Track.ESCROW, Track.ASSISTANCE, Track.HOURLY
TERMS = Terms()
MONDAY = datetime(2026, 3, 9, 9, tzinfo=UTC)
LAST, EARLIER, THIS = date(2026, 3, 2), date(2026, 2, 23), date(2026, 3, 9)
ONE = UUID(int=1)


def job(*, asked_back: datetime | None = None) -> Contract:
    return Contract(is_hourly=False, held=(Held(ONE, 100, asked_back),))


def paid_job(at: datetime) -> Contract:
    return Contract(is_hourly=False, paid=(Paid(100, at, milestone=ONE),))


HOURS = Contract(is_hourly=True, paid=tuple(Paid(100, MONDAY, week=week) for week in (EARLIER, LAST, THIS)))


# --- Pure ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("contract", "track", "week", "now", "ends"),
    [
        (job(), A, None, MONDAY, None),
        (job(asked_back=MONDAY), A, None, MONDAY + timedelta(days=7), MONDAY + timedelta(days=7)),
        (paid_job(MONDAY), B, None, MONDAY + timedelta(days=30), MONDAY + timedelta(days=30)),
        (HOURS, C, LAST, datetime(2026, 3, 14, tzinfo=UTC), datetime(2026, 3, 14, tzinfo=UTC)),
        (HOURS, C, LAST, MONDAY.replace(hour=0), datetime(2026, 3, 14, tzinfo=UTC)),
        (HOURS, B, EARLIER, MONDAY, MONDAY + timedelta(days=30)),
    ],
)  # fmt: skip
def test_a_claim_fits_until_its_last_moment(
    contract: Contract, track: Track, week: date | None, now: datetime, ends: datetime | None
) -> None:
    about = About(contract, track, None if week else ONE, week)
    found = fitting(about, now, TERMS)
    assert found == Claimable(track, 100, about.milestone, week, ends)
    if ends:
        late = ends + timedelta(milliseconds=1)
        with pytest.raises(errors.WindowOver):
            fitting(about, late, TERMS)


@pytest.mark.parametrize(
    ("contract", "track", "milestone", "week", "refusal"),
    [
        (job(), B, ONE, None, errors.StillHeld),
        (paid_job(MONDAY), A, ONE, None, errors.PaidAlready),
        (HOURS, B, None, LAST, errors.LastWeeksHours),
        (HOURS, C, None, EARLIER, errors.PaidAlready),
        (HOURS, C, None, THIS, errors.NothingThere),
        (HOURS, B, None, date(2026, 2, 24), errors.NothingThere),
        (HOURS, A, None, None, errors.WeekMissing),
        (HOURS, A, ONE, None, errors.NothingThere),
        (job(), C, None, LAST, errors.NothingThere),
        (job(), A, None, None, errors.MilestoneMissing),
        (job(), A, UUID(int=2), None, errors.NothingThere),
    ],
)  # fmt: skip
def test_another_track_is_refused_with_the_one_that_fits(
    contract: Contract, track: Track, milestone: UUID | None, week: date | None, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        fitting(About(contract, track, milestone, week), MONDAY, TERMS)


def test_of_a_part_that_was_released_the_rest_is_held() -> None:
    contract = Contract(is_hourly=False, held=(Held(ONE, 40, MONDAY),), paid=(Paid(60, MONDAY, milestone=ONE),))
    assert [(one.track, one.amount_minor) for one in claimable(contract, MONDAY, TERMS)] == [(A, 40), (B, 60)]
    about = About(contract)
    assert attached(about, MONDAY, TERMS).track is A
    named = About(contract, milestone=ONE)
    assert attached(named, MONDAY + timedelta(days=8), TERMS).track is B, "what is held can be claimed no more"
    with pytest.raises(errors.WindowOver):
        attached(named, MONDAY + timedelta(days=31), TERMS)


@pytest.mark.parametrize(
    ("cases", "days"),
    [
        ([(2, 5)], 10),
        ([(-3, 1)], 8),
        ([(-3, -1)], 7),
        ([(2, 5), (9, 10)], 11),
        ([(2, 3), (8.5, 9)], 8),
        ([(6, None)], 11),
        ([(8, None)], 7),
    ],
)  # fmt: skip
def test_the_time_to_file_stands_still_while_another_case_is_open(
    cases: list[tuple[float, float | None]], days: int
) -> None:
    """Looked at ten days after the money was asked back."""
    opened = tuple(
        (MONDAY + timedelta(days=a), MONDAY + timedelta(days=b) if b is not None else None) for a, b in cases
    )
    [found] = claimable(replace(job(asked_back=MONDAY), cases=opened), MONDAY + timedelta(days=10), TERMS)
    assert found.ends_at == MONDAY + timedelta(days=days)


# --- With the ledger -------------------------------------------------------------------------------------------------
def begin(cast: Cast, track: Track, **about: object) -> Dispute:
    return claims.start_claim(user=cast.client, room_id=cast.room.pk, track=track, **about)


def test_a_draft_begins_with_all_that_is_there_and_asks_for_no_more(cast: Cast) -> None:
    case = start(cast)
    case.say(cast.client, "edit_draft", amount_minor=AMOUNT + 1)
    with pytest.raises(errors.MoreThanHeld):
        case.say(cast.client, "file")
    case.say(cast.client, "edit_draft", amount_minor=AMOUNT)
    assert case.say(cast.client, "file").state == State.AWAITING_RESPONSE


@pytest.mark.parametrize("track", [B, C])
def test_not_more_than_was_paid_is_asked_back(cast: Cast, track: Track) -> None:
    with clock.at(MONDAY):
        case = start(cast, track)
        case.say(cast.client, "edit_draft", amount_minor=AMOUNT + 1)
        with pytest.raises(errors.MoreThanPaid):
            case.say(cast.client, "file")


def test_money_that_is_released_under_a_draft_makes_it_the_other_track(cast: Cast) -> None:
    case = start(cast)
    paid(case.row.milestone)
    with pytest.raises(errors.PaidAlready) as refusal:
        case.say(cast.client, "file")
    assert refusal.value.detail == {"track": "B"}
    case.say(cast.client, "discard")
    assert begin(cast, B, milestone_id=case.row.milestone_id).amount_minor == AMOUNT


def test_money_in_another_currency_is_not_there(cast: Cast) -> None:
    case = start(cast)
    Dispute.objects.filter(pk=case.id).update(currency="EUR")
    with pytest.raises(errors.NothingThere):
        case.say(cast.client, "file")


def test_nothing_is_begun_about_money_of_another_contract_or_none(cast: Cast) -> None:
    for milestone, refusal in ((uuid4(), NotFound), (None, errors.MilestoneMissing)):
        with pytest.raises(refusal):
            begin(cast, A, milestone_id=milestone)
    with pytest.raises(NotFound):
        claims.start_claim(user=cast.outsider, room_id=cast.room.pk, track=A)
    assert not Dispute.objects.exists()


def test_what_a_case_brought_back_is_not_asked_back_again(cast: Cast) -> None:
    with clock.at(MONDAY):
        case = case_in(cast, State.EXECUTING, B)  # 60,000 go back
        milestone = case.row.milestone_id
        assert payments.pay_out() == 1
        assert begin(cast, B, milestone_id=milestone).amount_minor == AMOUNT - 60_000


def test_last_weeks_hours_go_without_saying(cast: Cast) -> None:
    with clock.at(MONDAY):
        draft = start(cast, C).row
        assert (draft.week_starts, draft.amount_minor) == (LAST, AMOUNT)
        assert draft.timers.get().due_at == datetime(2026, 3, 14, tzinfo=UTC)
    with clock.at(MONDAY + timedelta(days=7)):
        firing.sweep()
        assert begin(cast, B, week_starts=LAST).pk != draft.pk


def test_a_week_is_paid_once(cast: Cast) -> None:
    said = {"contract_id": cast.room.contract_id, "week": LAST, "currency": "USD", "amount_minor": 500, "at": MONDAY}
    assert (ledger.pay_hours(**said), ledger.pay_hours(**said)) == (True, False)
    assert ledger.balance(cast.room.contract_id, "freelancer") == 500


# --- The time of a draft ---------------------------------------------------------------------------------------------
def test_a_draft_that_nothing_limits_is_kept_until_something_does(cast: Cast) -> None:
    with clock.at(MONDAY):
        case = start(cast)
    with clock.at(MONDAY + timedelta(days=6)):
        Job.objects.filter(pk=cast.room.contract_id).update(ended_at=clock.now())
    with clock.at(MONDAY + timedelta(days=7, minutes=1)):
        firing.sweep()
        assert case.row.state == State.DRAFT
    newest = case.row.timers.latest("epoch")
    assert newest.due_at == MONDAY + timedelta(days=13), "seven days from the end of the contract"
    with clock.at(MONDAY + timedelta(days=13, minutes=1)):
        firing.sweep()
        assert case.row.state == State.CLOSED
        assert not case.row.statements.exists()


def test_a_draft_about_money_that_is_gone_is_erased_when_it_is_looked_at(cast: Cast) -> None:
    with clock.at(MONDAY):
        case = start(cast)
        paid(case.row.milestone)
    with clock.at(MONDAY + timedelta(days=8)):
        firing.sweep()
    assert case.row.state == State.CLOSED


def test_a_claim_that_is_attached_late_is_refused_as_a_filed_one(cast: Cast) -> None:
    case: Case = case_in(cast, State.MEDIATING, has_claim=False)
    Job.objects.filter(pk=cast.room.contract_id).update(ended_at=clock.now() - timedelta(days=8))
    with pytest.raises(errors.WindowOver):
        case.do(cast.freelancer, "attach_claim")


def test_hours_are_attached_by_their_week(cast: Cast) -> None:
    with clock.at(MONDAY):
        case = case_in(cast, State.MEDIATING, C, has_claim=False)
        ledger.pay_hours(
            contract_id=cast.room.contract_id, week=EARLIER, currency="USD", amount_minor=500, at=clock.now()
        )
        said = {"problem": "hours", "statement": "Too many.", "amount_minor": 400, "claimed_refund_minor": 400}
        with pytest.raises(errors.WeekMissing):
            case.say(cast.client, "attach_claim", **said)
        case.say(cast.client, "attach_claim", **said, week_starts=EARLIER)
    assert (case.row.track, case.row.week_starts) == ("B", EARLIER)


def test_who_could_not_file_because_a_case_was_open_has_that_time_afterwards(cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    filed_at = case.row.filed_at
    assert filed_at is not None
    contract = cast.room.contract
    assert of_contract(contract, "USD").cases == ((filed_at, None),)
    case.do(cast.client, "withdraw")
    assert of_contract(contract, "USD").cases == ((filed_at, case.row.closed_at),)
    claims.start_claim(user=cast.client, room_id=cast.room.pk, track=A, milestone_id=case.row.milestone_id)
    assert len(of_contract(contract, "USD").cases) == 1, "a draft keeps nobody from filing"


def test_a_draft_that_was_discarded_gave_nobody_more_time(cast: Cast) -> None:
    draft = case_in(cast, State.DRAFT)
    draft.do(cast.client, "discard")
    assert of_contract(cast.room.contract, "USD").cases == ()


def test_a_case_that_was_opened_again_stood_in_the_way_while_it_was_open(cast: Cast) -> None:
    """Not from its first day to its last: another could be filed between its close and its second opening."""
    case = case_in(cast, State.NEGOTIATING)
    case.do(cast.client, "withdraw")
    closed_at = case.row.closed_at
    with later(days=2):
        reopened_at = clock.now()
        case.do(cast.supervisor, "reopen")
    first, second = of_contract(cast.room.contract, "USD").cases
    assert (first[1], second[1]) == (closed_at, None)
    assert second[0] >= reopened_at
