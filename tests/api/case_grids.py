"""Who gets what at the doors to a case; read like `grids`."""

from tests.api.grids import grid

# In `room` Ana mediates the case of Helen and Mateo; `waiting` waits for a mediator; `elsewhere` is a draft that only
# the outsider writes.
READ_CASE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ok     ok       .          .
agent,senior,ee             ok     ok       .          .
supervisor,qa               ok     ok       .          .
analyst,admin               .      .        .          .
outsider                    .      .        ok         .
outside_freelancer          .      .        .          .
""")

# The file of a case: its parties, its mediator, and those who look after the process; other agents do not take it away.
READ_CASE_FILE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ok     .        .          .
agent                       .      .        .          .
senior,ee,supervisor,qa     ok     ok       .          .
analyst,admin               .      .        .          .
outsider                    .      .        ok         .
outside_freelancer          .      .        .          .
""")

# The room's case as a page; who reads a room without a case goes back to the room.
CASE_IN_ROOM = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ok     ok       .          .
agent,senior,ee             ok     ok       .          .
supervisor,qa               ok     ok       .          .
analyst,admin               .      .        .          .
outsider                    .      .        ok         .
outside_freelancer          .      .        go         .
""")

# Writing a claim: the parties of the room.
WRITE_CLAIM = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    .      .        .          .
agent,senior,ee             .      .        .          .
supervisor,qa               .      .        .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        ok         .
""")

# The form of a pause: who cannot say it now goes back to the room.
COOL_OFF_FORM = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ok     go       .          .
agent,senior,ee             go     go       .          .
supervisor,qa               go     go       .          .
analyst,admin               .      .        .          .
outsider                    .      .        go         .
outside_freelancer          .      .        .          .
""")

# A pause: the parties and their mediator; nothing is paused before it is filed.
COOL_OFF = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ok     ro       .          .
agent,senior,ee             ro     ro       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider                    .      .        no         .
outside_freelancer          .      .        .          .
""")

# A party begins a claim, unless a case is open; a draft of one's own is gone on with.
START_CLAIM = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           no     .        .          .
mediator                    ro     ro       .          .
agent,senior,ee             ro     ro       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        ok         .
""")
