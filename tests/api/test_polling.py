"""What happened since: the frames of the socket over HTTP."""

from uuid import uuid4

from django.test import Client

from tests.api.conftest import SignIn
from tests.cast import Cast


def frames(client: Client, cast: Cast, *cursors: str) -> dict[str, list[int]]:
    """thread → the seqs of the events that arrived."""
    answer = client.get(f"/api/rooms/{cast.room.pk}/events/", {"cursor": cursors})
    assert answer.status_code == 200
    return {frame["thread"]: [event["seq"] for event in frame["events"]] for frame in answer.json()["frames"]}


def test_everything_without_cursors_and_only_the_rest_with_them(cast: Cast, api: SignIn) -> None:
    cast.say(cast.client, "One")
    cast.say(cast.freelancer, "Two")
    thread, client = str(cast.joint.pk), api(cast.client)
    assert frames(client, cast) == {thread: [1, 2, 3]}
    assert frames(client, cast, f"{thread}:2") == {thread: [3]}
    assert frames(client, cast, f"{thread}:3") == {}


def test_each_reader_gets_the_threads_they_may_read(cast: Cast, api: SignIn) -> None:
    cast.mediate()
    mine, theirs = str(cast.id_of("caucus_client")), str(cast.id_of("caucus_freelancer"))
    joint, notes = str(cast.joint.pk), str(cast.id_of("internal"))
    assert frames(api(cast.client), cast).keys() == {joint, mine}
    assert frames(api(cast.freelancer), cast).keys() == {joint, theirs}
    assert frames(api(cast.mediator), cast).keys() == {joint, mine, theirs, notes}
    assert frames(api(cast.qa), cast).keys() == {joint, notes}


def test_a_cursor_of_a_foreign_thread_is_as_good_as_one_of_none(cast: Cast, api: SignIn) -> None:
    cast.mediate()
    client, url = api(cast.client), f"/api/rooms/{cast.room.pk}/events/"
    foreign = client.get(url, {"cursor": f"{cast.id_of('caucus_freelancer')}:0"})
    absent = client.get(url, {"cursor": f"{uuid4()}:0"})
    assert foreign.content == absent.content


def test_long_silences_are_caught_up_in_portions(cast: Cast, api: SignIn) -> None:
    for number in range(205):
        cast.say(cast.client, str(number))
    client, url, thread = api(cast.freelancer), f"/api/rooms/{cast.room.pk}/events/", str(cast.joint.pk)
    first = client.get(url).json()
    assert (len(first["frames"][0]["events"]), first["more"]) == (200, True)
    rest = client.get(url, {"cursor": f"{thread}:200"}).json()
    assert (len(rest["frames"][0]["events"]), rest["more"]) == (6, False)


def test_a_cursor_that_is_none_is_refused(cast: Cast, api: SignIn) -> None:
    for cursor in ("x", "1:2", f"{uuid4()}", f"{uuid4()}:", f"{uuid4()}:-1", f"{uuid4()}:99999999999", f"{uuid4()}:²"):
        answer = api(cast.client).get(f"/api/rooms/{cast.room.pk}/events/", {"cursor": cursor})
        assert answer.status_code == 400, cursor
