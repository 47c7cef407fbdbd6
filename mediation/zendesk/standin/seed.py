"""Who and what is there at first: agents, and the fields a ticket may carry."""

from typing import Any

SERVICE_USER = 900
ADMIN = 901
AGENTS = {"Nina Park": 902, "Omar Reyes": 903, "Ana Duarte": 904, "Priya Nair": 905, "Sam Okafor": 906}
OTHER_INTEGRATION = 907
GROUP = 300

# The fields the account knows; a ticket with any other is refused.
FIELDS = {
    360001: "Case",
    360002: "Case state",
    360003: "Amount in dispute",
    360004: "Mediator",
    360005: "Next deadline",
    360006: "Caucus",
}


def first_data(now: str) -> dict[str, Any]:
    # Ana, Priya and Sam have the addresses of staff of the product's demo; Nina and Omar are known to Zendesk only.
    users = {
        SERVICE_USER: person(SERVICE_USER, "Parley", "parley-sync@parley.example", "agent", now),
        ADMIN: person(ADMIN, "Ada Vance", "ada@parley.example", "admin", now),
        OTHER_INTEGRATION: person(OTHER_INTEGRATION, "Robo Desk", "robo@parley.example", "agent", now),
    }
    for name, number in AGENTS.items():
        users[number] = person(number, name, f"{name.split()[0].lower()}@parley.example", "agent", now)
    return {
        "next": {"ticket": 0, "user": 1000, "audit": 2_127_300_000, "upload": 498_000, "identity": 77_000},
        "tickets": {},
        "audits": {},
        "users": users,
        "uploads": {},
        "jobs": {},
        "tokens": {},
        "idempotency": {},
        "mails": [],
    }


def person(number: int, name: str, email: str, role: str, now: str) -> dict[str, Any]:
    identity = {"id": 70_000 + number, "type": "email", "value": email, "primary": True, "verified": True}
    return {
        "id": number,
        "name": name,
        "email": email,
        "role": role,
        "external_id": None,
        "active": True,
        "suspended": False,
        "verified": True,
        "merged_into": None,
        "phone": None,
        "tags": [],
        "user_fields": {},
        "details": "",
        "notes": "",
        "locale": "en-US",
        "time_zone": "UTC",
        "created_at": now,
        "updated_at": now,
        "identities": [identity],
    }
