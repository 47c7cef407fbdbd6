"""One small world for the examples of the OpenAPI file."""

ROOM = "5f0c2b1e-7d7e-4a55-9a0e-0c1f6f1d2a01"
THREAD = "9b6a3f0e-1d57-4a31-8c5e-6a2f5c9b0d11"
CLIENT = "0d9d3f4a-6c1b-4f0e-8b58-1f6f0d2a7c21"
FREELANCER = "1e8c2a5b-7d2c-4e1f-9c69-2a7f1e3b8d32"
CID = "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e2f"
FILE = "7c1d9a52-0b6e-4b7d-b8a3-5f2e4d6c8b90"
AT = "2026-11-21T21:49:18.123Z"

FILE_CARD = {
    "id": FILE,
    "name": "homepage.png",
    "type": "image/png",
    "size": 48213,
    "width": 1280,
    "height": 800,
    "thumb": True,
}
MESSAGE = {
    "seq": 12,
    "rev": 1,
    "kind": "text",
    "author": CLIENT,
    "cid": CID,
    "at": AT,
    "html": '<p dir="auto">The <strong>second</strong> draft is missing.</p>',
    "text": "The **second** draft is missing.",
    "code": "",
    "params": {},
    "reply_to": None,
    "mentions": [],
    "files": [FILE_CARD],
    "reactions": {"eyes": [FREELANCER]},
    "edited_at": None,
    "removed": None,
}
EVENT = {"seq": 12, "type": "message.sent", "at": AT, "actor": CLIENT, "data": {}, "message": MESSAGE}
FRAME = {"t": "events", "thread": THREAD, "room": ROOM, "events": [EVENT]}
SEND = {
    "cid": CID,
    "text": "The **second** draft is missing.",
    "reply_to": None,
    "mentions": [],
    "files": [FILE],
    "seen": 11,
    "confirmed": False,
}
SENT = {"cid": CID, "thread": THREAD, "seq": 12, "id": f"{THREAD}:12", "at": AT}
CLIENT_CARD = {
    "id": CLIENT,
    "name": "Clara Client",
    "first_name": "Clara",
    "initials": "CC",
    "role": "client",
    "avatar": None,
}
FREELANCER_CARD = CLIENT_CARD | {
    "id": FREELANCER,
    "name": "Frank Free",
    "first_name": "Frank",
    "initials": "FF",
    "role": "freelancer",
}
THREAD_CARD = {
    "id": THREAD,
    "audience": "joint",
    "is_main": True,
    "title": "",
    "resolved_at": None,
    "head": 12,
    "unread": 1,
    "read": 11,
    "reads": {FREELANCER: 12},
    "draft": None,
    "can_write": True,
}
HELP = {
    "id": "3f1e0d2c-9b8a-4765-8432-10fedcba9876",
    "asked_by": CLIENT,
    "asked_at": AT,
    "taken_by": None,
    "taken_at": None,
    "ended_at": None,
}
CONTRACT = {
    "id": "2a9b8c7d-6e5f-4a3b-9c1d-0e9f8a7b6c5d",
    "title": "Website redesign",
    "kind": "fixed",
    "status": "active",
    "currency": "USD",
    "amount_minor": 480_000,
    "hourly_rate_minor": 0,
    "weekly_limit_hours": 0,
    "started_at": AT,
    "ended_at": None,
    "milestones": [
        {
            "position": 1, "title": "Homepage", "amount_minor": 120_000, "status": "released", "due": "2026-11-01",
            "asked_back_at": None,
        },
    ],
}  # fmt: skip
ROOM_STATE = {
    "id": ROOM,
    "role": "client",
    "locked_at": None,
    "contract": CONTRACT,
    "people": [CLIENT_CARD, FREELANCER_CARD],
    "members": [
        {"id": CLIENT, "role": "client", "joined_at": AT},
        {"id": FREELANCER, "role": "freelancer", "joined_at": AT},
    ],
    "threads": [THREAD_CARD],
    "help": None,
    "can": {
        "ask": True,
        "cancel_ask": False,
        "join": False,
        "leave": False,
        "clear": False,
        "open_topic": ["joint"],
        "not_now": {},
    },
}
ROOM_ROW = {
    "id": ROOM,
    "role": "client",
    "title": "Website redesign",
    "kind": "fixed",
    "status": "active",
    "people": [CLIENT_CARD, FREELANCER_CARD],
    "last": {
        "thread": THREAD,
        "audience": "joint",
        "seq": 12,
        "author": CLIENT,
        "author_name": "Helen Marsh",
        "preview": "The second draft is missing.",
        "code": "",
        "params": {},
        "files": 1,
        "removed": False,
        "at": AT,
    },
    "at": AT,
    "unread": 1,
    "unread_by": {THREAD: 1},
    "help": None,
}
WAITING_ROW = {
    "id": ROOM,
    "title": "Website redesign",
    "kind": "fixed",
    "people": [CLIENT_CARD, FREELANCER_CARD],
    "help": HELP,
    "note": "We cannot agree on the second milestone.",
}
ME = {
    "id": CLIENT,
    "name": "Clara Client",
    "first_name": "Clara",
    "initials": "CC",
    "role": "client",
    "avatar": None,
    "email": "clara@example.com",
    "company": "",
    "language": "en",
    "time_zone": "Europe/Amsterdam",
}
HIT = {
    "room": ROOM,
    "title": "Website redesign",
    "thread": THREAD,
    "thread_title": "",
    "audience": "joint",
    "seq": 12,
    "author": CLIENT_CARD,
    "at": AT,
    "snippet": "The second <mark>draft</mark> is missing.",
}
