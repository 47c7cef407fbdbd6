"""Mails that Zendesk would send: only noted, so that a test sees whom a change would have written to."""

from mediation.zendesk.standin.world import Json, World


def note(world: World, user: Json, why: str, **more: object) -> None:
    """Nothing is ever mailed to example.com, there as here."""
    if user["email"] and not user["email"].endswith("@example.com"):
        world.data["mails"].append({"to": user["email"], "why": why, **more})


def tell_of_public_comment(world: World, ticket: Json, author: Json) -> None:
    for number in dict.fromkeys([ticket["requester_id"], *ticket["email_cc_ids"]]):
        if number != author["id"]:
            note(world, world.data["users"][number], "public comment", ticket_id=ticket["id"])
