"""The hub: one per web process, on its event loop. It knows which socket shows which room, reads new events once,
and hands them to those who may read them at that moment.

`board` who is here · `fetch` reads what is new · `catch_up` reads for sockets that lag · `arrivals` sessions and
welcomes · `inbox` notices for rooms not shown · `desk` knocks when the queue changed · `presence` who is here and who
types · `hub` ties them together.
"""
