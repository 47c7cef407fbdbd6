"""Refusals, in the words and shapes that Zendesk uses."""

from typing import Any


class Refusal(Exception):
    """An answer other than success: status, body (JSON, or text as it is), headers."""

    def __init__(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, body)
        self.status, self.body, self.headers = status, body, headers or {}


def not_found() -> Refusal:
    return Refusal(404, {"error": "RecordNotFound", "description": "Not found"})


def invalid(field: str, description: str, error: str = "InvalidValue") -> Refusal:
    """A record that cannot be saved."""
    details = {field: [{"description": description, "error": error}]}
    return Refusal(422, {"error": "RecordInvalid", "description": "Record validation errors", "details": details})


def bad_request(error: str, description: str) -> Refusal:
    return Refusal(400, {"error": error, "description": description})


def no_token() -> Refusal:
    words = "The access token provided is expired, revoked, malformed or invalid for other reasons."
    body = {"error": "invalid_token", "error_description": words}
    return Refusal(401, body, {"WWW-Authenticate": 'Bearer realm="Zendesk"'})


def missing_scope(scope: str) -> Refusal:
    words = f"You are missing the following required scopes: {scope}"
    return Refusal(403, {"error": "Forbidden", "description": words})


def wrong_role() -> Refusal:
    """Here `error` is an object: clients that expect a word fall over it, as they would over Zendesk's."""
    return Refusal(403, {"error": {"title": "Forbidden", "message": "You do not have access to this page."}})


def conflict() -> Refusal:
    words = (
        "Safe Update prevented the update due to outdated ticket data. "
        "Please fetch the latest ticket data and try again."
    )
    return Refusal(409, {"error": "UpdateConflict", "description": words})
