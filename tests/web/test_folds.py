"""Runs of small lines fold into one that opens, all but the newest."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from mediation.disputes.models import Dispute
from mediation.web import words
from mediation.web.folds import FAMILY_OF, folded
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414


def rows(*families: str | None) -> Iterator[dict]:
    for seq, family in enumerate(families):
        yield {"kind": "event" if family else "message", "seq": seq, "family": family, "audience": "joint"}


def shape(*families: str | None) -> list[str]:
    return [f"{len(row['rows'])} folded" if row["kind"] == "fold" else row["kind"] for row in folded(rows(*families))]


def test_all_but_the_newest_of_a_run_fold() -> None:
    assert shape(None, *["points"] * 5, None) == ["message", "4 folded", "event", "message"]
    assert shape(*["points"] * 3) == ["event"] * 3
    assert shape(*["points"] * 3, None, *["points"] * 3) == ["event"] * 3 + ["message"] + ["event"] * 3
    assert shape(*["points"] * 4, *["evidence"] * 4) == ["3 folded", "event", "3 folded", "event"]


def test_every_line_that_folds_is_a_line_of_the_room() -> None:
    assert set(FAMILY_OF) <= set(words.SYSTEM)


@pytest.mark.django_db
def test_a_page_folds_the_work_on_the_points(client: Client, cast: Cast, mediation: Say, draft: Dispute) -> None:
    cast.say(cast.mediator, "What is there to settle?")
    for number in range(5):
        mediation(cast.mediator, "add_issue", title=f"Point {number}")
    client.force_login(cast.client)
    html = client.get(reverse("web:room", args=[cast.room.pk])).content.decode()
    fold = html[html.rindex('<li class="fold"', 0, html.index("“Point 0”")) :]
    fold = fold[: fold.index("</details>")]
    assert "4 earlier steps on the points to settle" in fold
    assert [number for number in range(5) if f"“Point {number}”" in fold] == [0, 1, 2, 3]
    assert "<details><summary" in fold
    seen = client.get(reverse("web:case_preview", args=[draft.pk, "client"]))
    assert seen.status_code == 404, "a preview is its mediator's"
    client.force_login(cast.mediator)
    seen = client.get(reverse("web:case_preview", args=[draft.pk, "client"]))
    assert "4 earlier steps on the points to settle" in seen.content.decode()
