"""Who gets what at a kind of door: one line a role, one column a place. Read it as a table; change it in review only.

`ok` the door does its work · `.` 404, as if it were not there · `ro` 403, may be seen but not done · `no` 409, too late
or already so · `in` 401, or for pages a way to the sign-in · `go` a page that sends this person to another one ·
`shut` sent to the sign-in or told 403.

Places. Helen (client), Mateo (freelancer) and Ana (mediator) are in `room`, where Helen asked for Ana; its threads
are `joint`, `c-client` (private with the client), `c-freel` (private with the freelancer) and `internal`. Somebody
else's client asked for help in `waiting`, and nobody came yet. The two outsiders have a room of their own,
`elsewhere`, where nobody ever asked. `nowhere` does not exist. Priya is the agent who is in no room.
"""

from collections.abc import Mapping

STATUS = {".": 404, "ro": 403, "no": 409, "in": 401}
Grid = Mapping[str, Mapping[str, str]]


def grid(text: str) -> Grid:
    """role → place → cell."""
    header, *lines = [line.split() for line in text.strip().splitlines()]
    rows = {role: dict(zip(header[1:], cells, strict=True)) for role, *cells in lines}
    for names in [name for name in rows if "," in name]:
        cells = rows.pop(names)
        rows |= dict.fromkeys(names.split(","), cells)
    return rows


ROLES = (
    "anonymous", "client", "freelancer", "mediator", "agent", "senior", "ee", "supervisor", "qa", "analyst", "admin",
    "outsider", "outside_freelancer",
)  # fmt: skip

EVERYBODY = grid("""
who                                             here
anonymous,client,freelancer,mediator,agent      ok
senior,ee,supervisor,qa,analyst,admin           ok
outsider,outside_freelancer                     ok
""")

SIGNED_IN = grid("""
who                                             here
anonymous                                       in
client,freelancer,mediator,agent                ok
senior,ee,supervisor,qa,analyst,admin           ok
outsider,outside_freelancer                     ok
""")

NOBODY = grid("""
who                                             here
anonymous,client,freelancer,mediator,agent      .
senior,ee,supervisor,qa,analyst,admin           .
outsider,outside_freelancer                     .
""")

# The Django admin: only who may open it at all; what they then may do there is Django's own matter.
ADMINISTRATORS = grid("""
who                                             here
anonymous,client,freelancer,mediator,agent      shut
senior,ee,supervisor,qa,analyst                 shut
admin                                           ok
outsider,outside_freelancer                     shut
""")

# Pages for those who are not signed in yet, and pages for those who are.
VISITORS = grid("""
who                                             here
anonymous                                       ok
client,freelancer,mediator,agent                go
senior,ee,supervisor,qa,analyst,admin           go
outsider,outside_freelancer                     go
""")

NOT_VISITORS = grid("""
who                                             here
anonymous                                       go
client,freelancer,mediator,agent                ok
senior,ee,supervisor,qa,analyst,admin           ok
outsider,outside_freelancer                     ok
""")

NOBODY_STAYS = grid("""
who                                             here
anonymous                                       go
client,freelancer,mediator,agent                go
senior,ee,supervisor,qa,analyst,admin           go
outsider,outside_freelancer                     go
""")

MOVED_ON = grid("""
who                                             here
anonymous                                       in
client,freelancer,mediator,agent                go
senior,ee,supervisor,qa,analyst,admin           go
outsider,outside_freelancer                     go
""")

READERS_OF_WAITING = grid("""
who                                             here
anonymous                                       in
client,freelancer                               .
mediator,agent,senior,ee,supervisor,qa          ok
analyst,admin                                   .
outsider,outside_freelancer                     .
""")

# --- Doors to a room ----------------------------------------------------------------------------------------
READ_ROOM = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ok     ok       .          .
agent,senior,ee             ok     ok       .          .
supervisor,qa               ok     ok       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        ok         .
""")

# Only the contract's two parties ask. In `room` the request is there already; asking again is no harm.
ASK = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ro     ro       .          .
agent,senior,ee             ro     ro       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        ok         .
""")

# Only who asked takes it back, and only before somebody came. Where nothing is open, nothing happens.
CANCEL_ASK = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client                      no     .        .          .
freelancer                  ro     .        .          .
mediator                    ro     ro       .          .
agent,senior,ee             ro     ro       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        ok         .
""")

# Agents, seniors and EE take a request; the room says who was first. For everybody else there is no such door.
JOIN = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator                    ok     ok       .          .
agent,senior,ee             no     ok       .          .
supervisor,qa               .      .        .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# A party belongs to its contract and stays; who is not in the room has nothing to leave.
LEAVE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ro     .        .          .
mediator                    ok     ok       .          .
agent,senior,ee             ok     ok       .          .
supervisor,qa               ok     ok       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        ro         .
""")

# A topic for everyone is opened by those in the room.
OPEN_JOINT_TOPIC = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ok     ro       .          .
agent,senior,ee             ro     ro       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        ok         .
""")

# --- Doors to a thread --------------------------------------------------------------------------------------
READ_THREAD = grid("""
who                         joint  c-client  c-freel  internal  elsewhere  nowhere
anonymous                   in     in        in       in        in         in
client                      ok     ok        .        .         .          .
freelancer                  ok     .         ok       .         .          .
mediator                    ok     ok        ok       ok        .          .
agent,senior,ee             ok     .         .        ok        .          .
supervisor,qa               ok     .         .        ok        .          .
analyst,admin               .      .         .        .         .          .
outsider,outside_freelancer .      .         .        .         ok         .
""")

# Ana talks with Helen in private just now, so she cannot write to Mateo in private.
# What staff can say with a few keys where they may write; not for parties.
MACROS = grid("""
who                         joint  c-client  c-freel  internal  elsewhere  nowhere
anonymous                   in     in        in       in        in         in
client,freelancer           .      .         .        .         .          .
mediator                    ok     ok        no       ok        .          .
agent,senior,ee             ro     .         .        ok        .          .
supervisor                  ro     .         .        ok        .          .
qa                          ro     .         .        ro        .          .
analyst,admin               .      .         .        .         .          .
outsider,outside_freelancer .      .         .        .         .          .
""")

WRITE_THREAD = grid("""
who                         joint  c-client  c-freel  internal  elsewhere  nowhere
anonymous                   in     in        in       in        in         in
client                      ok     ok        .        .         .          .
freelancer                  ok     .         ok       .         .          .
mediator                    ok     ok        no       ok        .          .
agent,senior,ee             ro     .         .        ok        .          .
supervisor                  ro     .         .        ok        .          .
qa                          ro     .         .        ro        .          .
analyst,admin               .      .         .        .         .          .
outsider,outside_freelancer .      .         .        .         ok         .
""")

# What somebody wrote is theirs to change: Helen wrote in joint and her private thread, Mateo in his, Ana the note,
# the outsider elsewhere.
CHANGE_OWN_MESSAGE = grid("""
who                         joint  c-client  c-freel  internal  elsewhere  nowhere
anonymous                   in     in        in       in        in         in
client                      ok     ok        .        .         .          .
freelancer                  ro     .         ok       .         .          .
mediator                    ro     ro        no       ok        .          .
agent,senior,ee             ro     .         .        ro        .          .
supervisor,qa               ro     .         .        ro        .          .
analyst,admin               .      .         .        .         .          .
outsider                    .      .         .        .         ok         .
outside_freelancer          .      .         .        .         ro         .
""")

# Taking away: the author, the room's mediator, and a supervisor where they can read.
REMOVE_MESSAGE = grid("""
who                         joint  c-client  c-freel  internal  elsewhere  nowhere
anonymous                   in     in        in       in        in         in
client                      ok     ok        .        .         .          .
freelancer                  ro     .         ok       .         .          .
mediator                    ok     ok        ok       ok        .          .
agent,senior,ee             ro     .         .        ro        .          .
supervisor                  ok     .         .        ok        .          .
qa                          ro     .         .        ro        .          .
analyst,admin               .      .         .        .         .          .
outsider                    .      .         .        .         ok         .
outside_freelancer          .      .         .        .         ro         .
""")
