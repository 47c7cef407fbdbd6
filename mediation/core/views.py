"""`/healthz`: the process answers. `/readyz`: what it needs is there."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from mediation.core.health import findings


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
async def readyz(request: HttpRequest) -> JsonResponse:
    """`{"status", "checks"}`. 503 only when sends would fail: a dead Redis or worker degrades, and a balancer that took
    every web process away for it would turn a delay into an outage.
    """
    found = await findings()
    if all(finding.ok for finding in found):
        status = "ok"
    else:
        status = "down" if any(finding.is_vital and not finding.ok for finding in found) else "degraded"
    checks = {finding.name: {"ok": finding.ok, "says": finding.says, "ms": finding.milliseconds} for finding in found}
    return JsonResponse({"status": status, "checks": checks}, status=503 if status == "down" else 200)
