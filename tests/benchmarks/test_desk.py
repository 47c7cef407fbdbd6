"""The desk's benchmark writes rows by hand: what the models have learnt since, it must know."""

import pytest
from django.db import connection

from mediation.desk.models import QueueRow
from mediation.disputes.models import Dispute


@pytest.mark.django_db
def test_the_benchmark_fills_what_the_models_have_today() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the desk's benchmark measures PostgreSQL: set DATABASE_URL")
    from benchmarks.desk import write

    write(rooms=40, cases=40)
    assert Dispute.objects.count() == QueueRow.objects.count() == 40
    assert QueueRow.objects.filter(is_unclaimed=True).count() == 8
