"""What rules and people at the desk tell: among the staff's notes what they changed, and to both parties sentences of
ours. `before` and `after` are what the desk said of the case, by the keys of `rules.conditions.fields.HANDLED`.
"""

from mediation.desk.rules.rule_actions import Sentence
from mediation.events.catalogue import EventType, declare

ACTED, NOTED = "rule.acted", "rule.noted"
PRIORITISED, TAGGED, UNTAGGED = "desk.prioritised", "desk.tagged", "desk.untagged"
BY_HAND = (PRIORITISED, TAGGED, UNTAGGED)
CHANGE = ("before", "after")

declare(
    EventType(ACTED, "a rule changed how the desk handles a case", data=("dispute", "rule", "root", "depth", *CHANGE)),
    EventType(PRIORITISED, "somebody at the desk changed the priority of a case", data=("dispute", *CHANGE)),
    EventType(TAGGED, "somebody at the desk put tags on a case", data=("dispute", *CHANGE)),
    EventType(UNTAGGED, "somebody at the desk took tags off a case", data=("dispute", *CHANGE)),
    EventType(NOTED, "a rule left a note for staff", data=("dispute",)),
    *(EventType(f"rule.told_{one.value}", "a rule told both parties something", data=("dispute",)) for one in Sentence),
)
