"""The agents' desk: which cases wait for whom, in the order of their clocks, and who takes them.

Owns a row for each case (a copy of what the case and its clocks say, kept for paging), saved views, what a team is
told, and rules: triggers, automations, how they let a case be handled, and webhooks. Cases come in as `dispute.*`,
`clock.*` and `message.sent` events and through `sla.keepers`; `rule.*` goes out. Nothing below knows of the desk.
"""
