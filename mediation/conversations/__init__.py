"""Where a contract's people talk: contracts, rooms, members, threads, messages, files, read marks, drafts, search.

Records `thread.*`, `message.*`, `member.*`, `file.ready` and `help.*` events (see `event_types`), and learns
nothing of who reacts to them. Who may see what stands in `audience`; every read goes through it.
"""
