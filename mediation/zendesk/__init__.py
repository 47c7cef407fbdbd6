"""Zendesk: every case is mirrored there as a ticket, privately, and what agents say there comes back.

Owns the link of a case to its ticket, what waits to be sent, what was pulled, and its own client. `standin` is a
server that speaks Zendesk's protocol, for trying and testing; it knows nothing of the product, nor the product of it.
"""
