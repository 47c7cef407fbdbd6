"""A refusal over the socket is in the language of the person it is for, whatever thread found it."""

from tests.cast import Cast
from tests.live.server import LiveServer
from tests.live.stories import present, tell


def test_each_is_refused_in_their_own_language(web: LiveServer, live_cast: Cast) -> None:
    live_cast.mediate()
    live_cast.agent.language = "nl"
    live_cast.agent.save(update_fields=["language"])
    room, joint = live_cast.room.pk, live_cast.id_of("joint")
    seq = live_cast.say(live_cast.client, "Hello").seq

    async def story() -> None:
        async with present(web, room, live_cast.freelancer, live_cast.agent) as [mateo, priya]:
            edit = await mateo.do("edit", thread=joint, seq=seq, text="Mine")
            assert edit["message"] == "Solo quien escribió esto puede cambiarlo."
            join = await priya.do("join", room=room)
            assert join["message"] == "Ana Duarte was je voor in deze ruimte. Kies een andere."

    tell(story)
