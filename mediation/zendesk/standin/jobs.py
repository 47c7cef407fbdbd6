"""Jobs: work that is answered for later. Here it is done at once and only told later, when a switch says so."""

import uuid

from mediation.zendesk.standin.clock import iso
from mediation.zendesk.standin.errors import not_found
from mediation.zendesk.standin.world import Json, World


def done(world: World, kind: str, results: list[Json]) -> Json:
    """Keep a job whose rows are these, and give its first answer: it is queued."""
    number = uuid.uuid4().hex
    world.data["jobs"][number] = {"kind": kind, "results": results, "at": world.clock.now()}
    world.is_dirty = True
    return _shown(world, number, status="queued")


def shown(world: World, number: str) -> Json:
    """Raises Refusal (404)."""
    job = world.data["jobs"].get(number)
    if job is None:
        raise not_found()
    is_over = world.clock.now() - job["at"] >= world.switches.job_seconds
    return _shown(world, number, status="completed" if is_over else "working")


def _shown(world: World, number: str, *, status: str) -> Json:
    job = world.data["jobs"][number]
    is_over = status == "completed"
    return {
        "id": number,
        "job_type": job["kind"],
        "url": f"{world.address}/api/v2/job_statuses/{number}.json",
        "total": len(job["results"]),
        "progress": len(job["results"]) if is_over else None,
        "status": status,
        "message": f"Completed at {iso(job['at'])}" if is_over else None,
        "results": job["results"] if is_over else [],
    }
