"""Merging: tickets flow into another one and are closed."""

from typing import Any

from mediation.zendesk.standin import audits, comments, jobs, webhooks
from mediation.zendesk.standin.audits import Actor
from mediation.zendesk.standin.errors import invalid
from mediation.zendesk.standin.tickets import find, refuse_closed
from mediation.zendesk.standin.world import Json, World


def merge(world: World, actor: Actor, target: Json, given: Json) -> Json:
    """The job. `given`: ids, target_comment, source_comment and whether each is public. Raises Refusal."""
    refuse_closed(target)
    ids = given.get("ids") or []
    sources = [find(world, number) for number in ids]
    if not sources or target["id"] in ids:
        raise invalid("ids", "Ids: name other tickets")
    for source in sources:
        refuse_closed(source)
    for source in sources:
        _close(world, actor, source, target, given)
    words = (
        given.get("target_comment") or f"Requests {', '.join(f'#{n}' for n in ids)} were closed and merged into this."
    )
    public = bool(given.get("target_comment_is_public", False))
    _say(world, actor, target, words, public=public, rel="merge", ids=ids, more=[])
    return jobs.done(
        world, "Ticket Merge", [{"action": "merge", "id": target["id"], "success": True, "status": "Merged"}]
    )


def _close(world: World, actor: Actor, source: Json, target: Json, given: Json) -> None:
    words = given.get("source_comment") or f"This request was closed and merged into request #{target['id']}."
    public = bool(given.get("source_comment_is_public", False))
    before = {"status": source["status"], "tags": source["tags"]}
    after = {"status": "closed", "tags": [*source["tags"], "closed_by_merge"]}
    more = [audits.changed(world, name, before=before[name], after=after[name]) for name in before]
    audit = _say(world, actor, source, words, public=public, rel="merge", ids=[target["id"]], more=more)
    source.update(after, merged_into=target["id"])
    webhooks.tell(world, source, "merged", {"target_ticket_id": str(target["id"])}, audit)


def _say(
    world: World, actor: Actor, ticket: Json, words: str, *, public: bool, rel: str, ids: list[Any], more: list[Json]
) -> Json:
    comment = comments.make(world, ticket, actor, {"body": words, "public": public})
    came_from = {"ticket_id": ids[0], "ticket_ids": ids}
    source = {"from": came_from, "to": {}, "rel": rel}
    audit = audits.record(world, ticket, actor, [comment, *more], source=source)
    comments.stamp(audit)
    webhooks.tell_of_update(world, ticket, audit)
    return audit
