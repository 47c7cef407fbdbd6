"""The spine: what happened, in order, and who still has to react to it.

Owns `Event` (the log and the outbox in one) and `Delivery` (a subscriber that failed and will be tried again).
Slices above declare their event types in the catalogue and their subscribers; this package knows none of them.
"""
