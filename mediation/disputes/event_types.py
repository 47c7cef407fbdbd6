"""The events of a case: one for each command of the table that anybody is told of."""

from mediation.disputes.rules.table import TABLE
from mediation.events.catalogue import EventType, declare

DATA = ("dispute", "state", "phase", "version")
OF_PROMISES = {"promise", "keep_promise"}

declare(
    *(
        EventType(
            f"dispute.{command}",
            f"the command {command} of the case's workflow",
            data=(*DATA, "promise") if command in OF_PROMISES else DATA,
        )
        for command in sorted({line.command for line in TABLE if line.told != "nobody"})
    ),
    EventType("dispute.glass_told", "a party was told that somebody looked into its private talk", data=DATA),
)
