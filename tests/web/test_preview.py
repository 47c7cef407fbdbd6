"""What the parties see, as their mediator previews it: never more than either of the two may read."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from mediation.core.errors import NotFound
from mediation.disputes.models import Dispute
from mediation.disputes.queries.case import as_party, case_view
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414
from tests.disputes.stories import offer, recommend
from tests.disputes.ways import case_in
from tests.web.test_case_pages import text_of

pytestmark = pytest.mark.django_db

LONG = 12  # shorter texts are words of the workflow: states, kinds, roles


@pytest.fixture(autouse=True)
def english(cast: Cast) -> None:
    User.objects.update(language="en")


def texts(value: Any) -> Iterator[str]:
    """Every text in a view, however deep, that somebody wrote or that names something."""
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str) and len(value) >= LONG:
        yield value


def preview(client: Client, cast: Cast, draft: Dispute, side: str, **query: str) -> str:
    client.force_login(cast.mediator)
    return client.get(reverse("web:case_preview", args=[draft.pk, side]), query).content.decode()


def private_words(cast: Cast, say: Say, draft: Dispute) -> None:
    """A word in everything that is not for everyone."""
    say(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    cast.say(cast.freelancer, "canary of Mateo in private", audience="caucus_freelancer")
    say(cast.mediator, "ask_release", party=cast.freelancer.pk, text="canary to release", question="canary question?")
    cast.say(cast.mediator, "canary of the staff notes", audience="internal")
    say(cast.client, "object_to_mediator", reason="canary of an objection")
    finding = {"issue_id": draft.issues.get().pk, "text": "canary finding", "refund_minor": 1, "evidence": []}
    sums = {"refund_minor": 1, "release_minor": 219_999}
    say(cast.mediator, "draft_recommendation", summary="canary summary", findings=[finding], **sums)
    cast.say(cast.client, "canary of Helen in private", audience="caucus_client")


def test_a_side_is_shown_with_its_own_words_and_nothing_of_the_other(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    offer(cast, mediation, draft)
    cast.say(cast.freelancer, "I can show a video.")
    private_words(cast, mediation, draft)
    helen = preview(client, cast, draft, "client")
    assert "A preview: nothing can be done here." in helen
    assert "I can show a video." in helen
    assert "Offer 1" in helen
    assert "canary" not in helen
    mateo = preview(client, cast, draft, "freelancer")
    assert "canary to release" in mateo, "he is asked, and she asked him"
    for word in (
        "canary of the staff",
        "canary of an objection",
        "canary finding",
        "canary summary",
        "Helen in private",
    ):
        assert word not in mateo
    for html in (helen, mateo):
        assert "/do/" not in html, "there is nothing to do in a preview"
    threads = {one["audience"]: one["id"] for one in cast.room.threads.filter(is_main=True).values("audience", "id")}
    his = preview(client, cast, draft, "freelancer", thread=str(threads["caucus_freelancer"]))
    assert "canary of Mateo in private" in his
    for audience in ("caucus_client", "internal"):
        client.force_login(cast.mediator)
        address = reverse("web:case_preview", args=[draft.pk, "freelancer"])
        assert client.get(address, {"thread": threads[audience]}).status_code == 404


def test_a_sealed_answer_stays_sealed_in_a_preview(client: Client, cast: Cast, mediation: Say, draft: Dispute) -> None:
    recommend(cast, mediation, draft)
    for is_yes in (True, False):
        mediation(cast.client, "answer", is_yes=is_yes)
        draft.refresh_from_db()
        seen = as_party(draft, cast.mediator, cast.client)["recommendation"]
        assert (seen["my_answer"], seen["mine_in"], seen["are_in"]) == (None, True, None)
        html = text_of(preview(client, cast, draft, "client"))
        assert "you agree" not in html
        assert "you do not agree" not in html


@pytest.mark.parametrize(
    "state", [State.MEDIATING, State.RECOMMENDED, State.SETTLING, State.NON_RESOLUTION, State.EXECUTING]
)
def test_a_preview_says_nothing_that_not_both_may_read(cast: Cast, state: State) -> None:
    case = case_in(cast, state)
    case.row.overlays.create(kind="absence", asked_by=cast.client, reason="She is ill.", begins_at=case.row.created_at)
    Dispute.objects.filter(pk=case.id).update(mediator=cast.mediator)
    for party in (cast.client, cast.freelancer):
        seen = set(texts(as_party(case.row, cast.mediator, party)))
        assert seen <= set(texts(case_view(case.row, cast.mediator)))
        assert seen <= set(texts(case_view(case.row, party)))


def test_nobody_but_the_mediator_of_the_case_has_a_preview(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    draft.refresh_from_db()
    everybody = (cast.client, cast.freelancer, cast.agent, cast.senior, cast.supervisor, cast.qa, cast.outsider)
    for person in everybody:
        client.force_login(person)
        for side in ("client", "freelancer"):
            assert client.get(reverse("web:case_preview", args=[draft.pk, side])).status_code == 404
        with pytest.raises(NotFound):
            as_party(draft, person, cast.client)
    with pytest.raises(NotFound):
        as_party(draft, cast.mediator, cast.agent)
    client.force_login(cast.mediator)
    assert client.get(reverse("web:case_preview", args=[draft.pk, "mediator"])).status_code == 404


def test_the_head_of_the_mediators_room_has_what_they_look_for(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    room = reverse("web:room", args=[cast.room.pk])
    client.force_login(cast.mediator)
    html = client.get(room).content.decode()
    head = html[html.index('data-part="case-head"') :].partition("</span>")[0]
    assert "Hand over" in head
    assert f"/cases/{draft.pk}/do/release/" in head
    assert f"/cases/{draft.pk}/do/draft_recommendation/" in head
    assert reverse("web:case_preview", args=[draft.pk, "client"]) in html
    client.force_login(cast.client)
    html = client.get(room).content.decode()
    assert "Hand over" not in html
    assert "/as/client/" not in html
