"""How fast a person may speak (`core/rates.py`)."""

from uuid import uuid4

import pytest

from mediation.core.errors import TooMany
from mediation.core.rates import Bucket, Rate


@pytest.mark.parametrize("burst", [1, 2, 7, 60])
@pytest.mark.parametrize("per_minute", [0.01, 1 / 3, 1, 7, 120])
def test_a_full_bucket_holds_its_burst_whatever_the_hour(burst: int, per_minute: float) -> None:
    """The clock counts from when the machine began: sums of such numbers are rounded up as often as down."""
    for step in range(300):
        moment = 0.1 + step * 1_234.567
        bucket = Bucket(burst, per_minute / 60)
        assert [bucket.take(moment) for _ in range(burst)] == [True] * burst
        assert not bucket.take(moment)
        assert bucket.take(moment + 60 / per_minute)
        assert not bucket.take(moment + 60 / per_minute)


def test_each_person_has_a_bucket_and_is_told_when_it_is_empty() -> None:
    rate = Rate(burst=1, per_minute=0.01)
    hasty, calm = uuid4(), uuid4()
    rate.check(hasty)
    with pytest.raises(TooMany):
        rate.check(hasty)
    rate.check(calm)
    rate.forget()
    rate.check(hasty)


def test_only_who_spoke_lately_is_remembered() -> None:
    rate = Rate(burst=1, per_minute=1e9)
    for _ in range(3_000):
        assert rate.take(uuid4())
    assert len(rate._buckets) <= 1_001
