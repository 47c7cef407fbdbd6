"""OAuth: client credentials for a token of the service user, for half an hour, with no refresh token."""

import hmac
import secrets

from mediation.zendesk.standin.errors import Refusal, missing_scope, no_token
from mediation.zendesk.standin.seed import SERVICE_USER
from mediation.zendesk.standin.world import Json, World

_KINDS = ("tickets", "users", "uploads", "imports", "webhooks", "organizations")
SCOPES = {"read", "write", "impersonate", *(f"{kind}:{may}" for kind in _KINDS for may in ("read", "write"))}


def mint(world: World, given: Json) -> Json:
    """A new token. Raises Refusal as OAuth words it."""
    if given.get("grant_type") != "client_credentials":
        raise Refusal(400, {"error": "unsupported_grant_type", "error_description": "Use client_credentials."})
    known = (world.switches.client_id, world.switches.client_secret)
    said = (str(given.get("client_id", "")), str(given.get("client_secret", "")))
    if not all(hmac.compare_digest(a.encode(), b.encode()) for a, b in zip(known, said, strict=True)):
        raise Refusal(401, {"error": "invalid_client", "error_description": "Client authentication failed."})
    scope = str(given.get("scope", "read"))
    if not scope.split() or set(scope.split()) - SCOPES:
        raise Refusal(400, {"error": "invalid_scope", "error_description": f"The scope {scope!r} is not known."})
    token = secrets.token_urlsafe(32)
    seconds = int(given.get("expires_in") or world.switches.token_seconds)
    world.data["tokens"][token] = {
        "user_id": SERVICE_USER,
        "scope": scope,
        "expires_at": world.clock.now() + seconds,
    }
    return {"access_token": token, "token_type": "bearer", "scope": scope, "expires_in": seconds}


def user_of(world: World, authorization: str, *, method: str, kind: str) -> Json:
    """Who sends this. Raises Refusal: 401 without a living token, 403 when its scope does not reach so far."""
    scheme, _, token = authorization.partition(" ")
    held = world.data["tokens"].get(token) if scheme.lower() == "bearer" else None
    if held is None or held["expires_at"] <= world.clock.now():
        raise no_token()
    may = "read" if method == "GET" else "write"
    if not {may, f"{kind}:{may}"} & set(held["scope"].split()):
        raise missing_scope(may)
    user: Json = dict(world.data["users"][held["user_id"]])
    if user["id"] == SERVICE_USER:
        user["role"] = world.switches.service_role
    return user
