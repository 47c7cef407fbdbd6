"""Which icon a line of the room has. The page's scripts get the same table with their words."""

# By the code of a line, else by what its code begins with.
SYSTEM_ICONS: dict[str, str] = {
    "thread": "thread", "member": "people", "help": "hexagon", "removed": "x", "dispute": "offer",
    "milestone": "money", "contract": "note", "room": "eye",
    "clock": "clock", "rule": "note", "desk": "note",
    "dispute.file": "contract", "dispute.attach_claim": "contract", "dispute.decline": "contract",
    "dispute.ask_mediator": "hexagon", "dispute.claim": "hexagon", "dispute.assign": "hexagon",
    "dispute.release": "hexagon", "dispute.replace_mediator": "hexagon", "dispute.reassign": "hexagon",
    "dispute.take_level": "hexagon", "dispute.talks_overdue": "hexagon", "dispute.cancel_ask": "hexagon",
    "dispute.add_issue": "list", "dispute.edit_issue": "list", "dispute.settle_issue": "list",
    "dispute.state_position": "list", "dispute.confirm_issue": "list",
    "dispute.submit_evidence": "flag", "dispute.answer_evidence": "flag", "dispute.close_evidence": "flag",
    "dispute.make_request": "help", "dispute.answer_request": "help", "dispute.withdraw_request": "help",
    "dispute.promise": "clock", "dispute.keep_promise": "check", "dispute.extend": "clock",
    "dispute.begin_caucus": "lock", "dispute.end_caucus": "lock", "dispute.grant_release": "lock",
    "dispute.counter_offer": "swap", "dispute.decline_offer": "x", "dispute.withdraw_offer": "undo",
    "dispute.accept_offer": "check", "dispute.accept_text": "check", "dispute.both_signed": "check",
    "dispute.money_moved": "money", "dispute.end_stay": "money", "dispute.elect": "scale", "dispute.pay_share": "money",
    "dispute.cool_off": "pause", "dispute.hold": "pause", "dispute.declare_absence": "pause",
    "dispute.answer": "lock", "dispute.advance_phase": "arrow", "dispute.step_back": "undo",
}  # fmt: skip


def icon_of(code: str) -> str:
    """The icon of a line that the system wrote."""
    return SYSTEM_ICONS.get(code) or SYSTEM_ICONS.get(code.split(".", maxsplit=1)[0], "info")
