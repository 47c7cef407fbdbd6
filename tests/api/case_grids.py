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

# The file of an item of evidence, or an award: whoever reads the case, in the room or not. Only `room` has one.
READ_EVIDENCE_FILE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ok     .        .          .
agent,senior,ee             ok     .        .          .
supervisor,qa               ok     .        .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# What a side of the case sees: its mediator, and nobody else.
PREVIEW_CASE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator                    ok     .        .          .
agent,senior,ee             .      .        .          .
supervisor,qa               .      .        .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
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

# What goes with a draft: its writer; the parties of a room go where one begins.
CLAIM_EVIDENCE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           go     .        .          .
mediator                    .      .        .          .
agent,senior,ee             .      .        .          .
supervisor,qa               .      .        .          .
analyst,admin               .      .        .          .
outsider                    .      .        ok         .
outside_freelancer          .      .        go         .
""")

# Choosing it: its writer alone.
PICK_EVIDENCE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator                    .      .        .          .
agent,senior,ee             .      .        .          .
supervisor,qa               .      .        .          .
analyst,admin               .      .        .          .
outsider                    .      .        ok         .
outside_freelancer          .      .        .          .
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

# Submitting a milestone: the freelancer of the contract. Who reads the room is told that it is somebody else's.
SUBMIT_MILESTONE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client                      ro     .        .          .
freelancer                  ok     .        .          .
mediator                    ro     ro       .          .
agent,senior,ee             ro     ro       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider                    .      .        ro         .
outside_freelancer          .      .        ok         .
""")

# Ending a contract: either party of it.
END_CONTRACT = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    ro     ro       .          .
agent,senior,ee             ro     ro       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        ok         .
""")

# Its form: who cannot end it goes back to the room.
END_CONTRACT_FORM = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           ok     .        .          .
mediator                    go     go       .          .
agent,senior,ee             go     go       .          .
supervisor,qa               go     go       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        ok         .
""")

# The form of a milestone: who cannot submit goes back to the room.
SUBMIT_MILESTONE_FORM = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client                      go     .        .          .
freelancer                  ok     .        .          .
mediator                    go     go       .          .
agent,senior,ee             go     go       .          .
supervisor,qa               go     go       .          .
analyst,admin               .      .        .          .
outsider                    .      .        go         .
outside_freelancer          .      .        ok         .
""")

# Looks into private talks: those whom the table lets break the glass, and never who mediates the case.
LOOKS = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator,agent              .      .        .          .
senior,ee,supervisor,qa     ok     ok       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# Asking for one; where nobody has mediated there is no private talk, and Sue has asked for both in the room.
ASK_TO_LOOK = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator,agent              .      .        .          .
senior,ee,qa                ok     no       .          .
supervisor                  no     no       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# Agreeing to what Sue has asked for: a second person.
AGREE_TO_LOOK = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator,agent              .      .        .          .
senior,ee,qa                ok     .        .          .
supervisor                  ro     .        .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# Reading what Sue has opened: Sue.
READ_LOOK = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator,agent,senior,ee,qa .      .        .          .
supervisor                  ok     .        .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# What is asked for over all cases.
ALL_LOOKS = grid("""
who                                 here
anonymous                           in
client,freelancer,mediator,agent    .
senior,ee,supervisor,qa             ok
analyst,admin                       .
outsider,outside_freelancer         .
""")

# Articles for the case at hand: staff who know of the case; what its parties read are articles, not suggestions.
CASE_ARTICLES = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator                    ok     ok       .          .
agent,senior,ee             ok     ok       .          .
supervisor,qa               ok     ok       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# An article that is not there is put nowhere, whoever asks.
PUT_NOTHING = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer,mediator  .      .        .          .
agent,senior,ee,supervisor  .      .        .          .
qa,analyst,admin            .      .        .          .
outsider,outside_freelancer .      .        .          .
""")
