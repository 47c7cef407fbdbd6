"""The room for programs: every endpoint reads the request, calls one action or query and writes the answer.

A module per noun; `shapes` describes what answers look like. The events of a room over HTTP are the very frames of
the socket, so a program may poll, or replay after any gap, through the same reducer.
"""
