"""The stand-in: a Zendesk of our own, as a program (`manage.py zendesk_standin`), with a page to answer as an agent.

Owns tickets, users, uploads, webhooks, limits and faults, in memory and in one state file. It imports nothing of
the product, so that what it says of the protocol cannot follow a mistake of ours.
"""
