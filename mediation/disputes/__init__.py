"""The case: a claim about money or work in a room, and its way from filing to settlement.

Owns the dispute, its workflow table, statements, issues, evidence, offers, bids, recommendations, agreements, requests,
timers, the deadline ledger, the money ledger and the hash-chained case file. Only `actions.transition` moves a dispute.
Records `dispute.*` and the other events of `event_types` in the room's threads; asks `conversations` to write, join
and open threads, and is asked by nobody below it.
"""
