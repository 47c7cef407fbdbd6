"""The socket: what clients may say, who gets which event, who is here. It stores nothing of its own.

In: frames of clients (`protocol`), the bell after a commit, hints of other processes (`hints`), a poll every second.
Out: events through membership, acks, presence; a knock for the worker (`waking`).

`asgi` and `doors` let sockets in · `socket` is one of them · `writer` stores sends, in batches · `lanes` runs every
other command · `hub` reads the log and hands it out · `gather` is the thread behind all reading and writing ·
`server` and `guard` are Daphne with limits · `outlets` is the way out under other servers · `api` is typing over HTTP.
"""
