"""Files: put up under a token, which one comment consumes."""

import secrets

from mediation.zendesk.standin.errors import invalid, not_found
from mediation.zendesk.standin.world import Json, World

# The harmless file that every scanner knows as malware, written in two parts so that this file is not one.
_KNOWN_MALWARE = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
LARGEST = 50 * 1024 * 1024


def put(world: World, *, file_name: str, content: bytes, content_type: str, token: str = "") -> Json:
    """The upload with its token; a known token gets one file more. Raises Refusal."""
    if not file_name.strip():
        raise invalid("filename", "Filename: cannot be blank", "BlankValue")
    if not content or len(content) > LARGEST:
        raise invalid("base", "Attachment: must be between 1 byte and 50 MB", "InvalidSize")
    if "malware" in file_name.lower() or _KNOWN_MALWARE in content:
        raise invalid("base", f"Attachment: {file_name} was found to be malware", "MalwareFound")
    kept = world.data["uploads"].get(token)
    if kept is None:
        token = secrets.token_urlsafe(18)
        kept = world.data["uploads"][token] = {"at": world.clock.now(), "is_consumed": False, "files": []}
    number = world.next_id("upload")
    # A name of another host, as attachments have: who sends a token there gives it away.
    place = f"{world.address.replace('127.0.0.1', 'localhost')}/attachments/token/{secrets.token_urlsafe(12)}/"
    kept["files"].append(
        {
            "id": number,
            "url": f"{world.address}/api/v2/attachments/{number}.json",
            "file_name": file_name,
            "content_url": place,
            "mapped_content_url": place,
            "content_type": content_type,
            "size": len(content),
            "inline": False,
            "deleted": False,
            "malware_scan_result": "malware_not_found",
            "malware_access_override": False,
            "thumbnails": [],
            "content": content.decode("latin-1"),
        }
    )
    world.is_dirty = True
    files = shown(kept["files"])
    return {"token": token, "attachment": files[-1], "attachments": files}


def shown(files: list[Json]) -> list[Json]:
    return [{name: value for name, value in file.items() if name != "content"} for file in files]


def consume(world: World, tokens: list[str]) -> list[Json]:
    """The files of these tokens, for a comment. Raises Refusal (422) for one that was used or is too old."""
    taken = []
    for token in tokens:
        kept = world.data["uploads"].get(token)
        is_good = kept and not kept["is_consumed"] and world.clock.now() - kept["at"] < world.switches.upload_seconds
        if is_good:
            taken.append(kept)
        elif world.switches.bad_upload == "refuse":
            raise invalid("base", "Attachment: the upload token is not valid, has expired or was used", "InvalidUpload")
    for kept in taken:
        kept["is_consumed"] = True
    return [file for kept in taken for file in shown(kept["files"])]


def delete(world: World, token: str) -> None:
    """Raises Refusal (404)."""
    if world.data["uploads"].pop(token, None) is None:
        raise not_found()


def content(world: World, path: str) -> Json:
    """The file whose `content_url` ends so. Raises Refusal (404)."""
    for kept in world.data["uploads"].values():
        for file in kept["files"]:
            if file["content_url"].endswith(path):
                found: Json = file
                return found
    raise not_found()
