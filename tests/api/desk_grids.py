"""Who gets what at the doors of the desk; read like `grids`."""

from tests.api.grids import grid

# A case on the desk: those who read cases without owning them. Its parties have no desk.
READ_ROW = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator,agent,senior,ee    ok     ok       .          .
supervisor,qa               ok     ok       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# Taking it: those who mediate, while nobody has it.
CLAIM = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator                    ok     ok       .          .
agent,senior,ee             no     ok       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# The next case that suits: those who mediate.
TAKE_NEXT = grid("""
who                                             here
anonymous                                       in
mediator,agent,senior,ee                        ok
supervisor,qa                                   ro
client,freelancer,analyst,admin                 .
outsider,outside_freelancer                     .
""")

# Saying "not now" to one: those who mediate, also when somebody has taken it meanwhile.
DECLINE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator,agent,senior,ee    ok     ok       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# Laying a case aside: its mediator.
SNOOZE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator                    ok     ro       .          .
agent,senior,ee             ro     ro       .          .
supervisor,qa               ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

BE_AWAY = grid("""
who                                             here
anonymous                                       in
mediator,agent,senior,ee                        ok
supervisor,qa                                   ro
client,freelancer,analyst,admin                 .
outsider,outside_freelancer                     .
""")

# Words to the team: who is in it.
WRITE_TEAM = grid("""
who                                             here
anonymous                                       in
mediator,agent,senior,ee,supervisor             ok
qa,client,freelancer,analyst,admin              .
outsider,outside_freelancer                     .
""")

# A question to a colleague: who writes notes of staff.
ASK_COLLEAGUE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator,agent,senior,ee    ok     ok       .          .
supervisor                  ok     ok       .          .
qa                          ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# Its priority and tags: who mediates or supervises.
HANDLE = grid("""
who                         room   waiting  elsewhere  nowhere
anonymous                   in     in       in         in
client,freelancer           .      .        .          .
mediator,agent,senior,ee    ok     ok       .          .
supervisor                  ok     ok       .          .
qa                          ro     ro       .          .
analyst,admin               .      .        .          .
outsider,outside_freelancer .      .        .          .
""")

# A view that Priya keeps for herself.
REMOVE_VIEW = grid("""
who                                             here
anonymous                                       in
agent                                           ok
client,freelancer,mediator,senior,ee            .
supervisor,qa,analyst,admin                     .
outsider,outside_freelancer                     .
""")

# Triggers and automations: whoever sets the desk up.
RULES = grid("""
who                                             here
anonymous                                       in
supervisor,admin                                ok
client,freelancer,mediator,agent,senior,ee      .
qa,analyst                                      .
outsider,outside_freelancer                     .
""")
