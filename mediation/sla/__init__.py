"""Clocks: how long Upwork takes for what, measured in the open hours of its calendars.

Owns calendars, policies, clocks with the facts they are folded from, and the steps on the way to a breach. What
happens in rooms and cases comes in as events; nothing below knows of clocks.
"""
