"""The executive desk: clients whom other teams refer, from the referral to the call and until somebody has them.

Owns referred cases with their workflow table and log, the clock of the reply, contacts, calls, the form for Talent
Solutions and the rules of whom to refer. `escalation.*` goes out. Calendars, policies and the fold of a clock are
`sla`'s; the team room hears of it through the spine. Nothing below knows of it.
"""
