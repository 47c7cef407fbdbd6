"""The workflow as a drawing: where each state stands, and how the arrows run. Made from the table's arrows."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mediation.disputes.rules import diagram
from mediation.disputes.rules.states import BALL, Ball, State
from mediation.web import case_words

# Column and row of each state; a case goes down the page.
PLACES: dict[str, tuple[float, float]] = {
    "draft": (1, 0),
    "awaiting_response": (1, 1),
    "negotiating": (1, 2),
    "escalated": (2, 2.4),
    "log_review": (0, 3),
    "mediating": (2, 3.6),
    "recommended": (2, 4.8),
    "settling": (1, 4.8),
    "non_resolution": (3, 4.8),
    "in_arbitration": (3, 6),
    "executing": (1, 6),
    "closed": (1, 7.2),
}
STEP_X, STEP_Y, MARGIN, WIDTH, HEIGHT = 236, 96, 20, 204, 48
GROUP_NAMES = {
    diagram.START: _("At the beginning"),
    diagram.BEFORE: _("From any state before an agreement"),
    diagram.OPEN: _("From any state after filing"),
}
BALLS = {
    Ball.FILER: _("Who filed acts next"),
    Ball.RESPONDENT: _("The other side acts next"),
    Ball.BOTH: _("Both act next"),
    Ball.UPWORK: _("Upwork acts next"),
    Ball.REQUESTS: _("Whoever was asked for something acts next"),
    Ball.SYSTEM: _("The payment runs by itself"),
    Ball.ARBITRATOR: _("The arbitrator acts next"),
    Ball.NOBODY: _("Nothing is left to do"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A state in the drawing."""

    code: str
    x: float
    y: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + WIDTH / 2, self.y + HEIGHT / 2


def chart() -> dict[str, Any]:
    """Boxes and lines with their sizes, and the same as lists of words."""
    boxes = {code: Box(code, MARGIN + x * STEP_X, MARGIN + y * STEP_Y) for code, (x, y) in PLACES.items()}
    arrows = diagram.arrows()
    return {
        "width": MARGIN * 2 + 3 * STEP_X + WIDTH,
        "height": MARGIN * 2 + int(7.2 * STEP_Y) + HEIGHT,
        "box": {"width": WIDTH, "height": HEIGHT},
        "boxes": [
            {"code": box.code, "x": box.x, "y": box.y, "name": case_words.STATES[box.code],
             "text_x": box.middle[0], "text_y": box.middle[1] + 5}
            for box in boxes.values()
        ],
        "lines": [
            {"path": _path(boxes[arrow.source], boxes[arrow.target]), "id": f"{arrow.source}-{arrow.target}"}
            for arrow in arrows
            if arrow.source in boxes
        ],
        "states": [_state(state, arrows) for state in State],
        "groups": [
            {"name": name, "arrows": [_words(arrow) for arrow in arrows if arrow.source == code]}
            for code, name in GROUP_NAMES.items()
        ],
    }  # fmt: skip


def _state(state: State, arrows: list[diagram.Arrow]) -> dict[str, Any]:
    return {
        "code": state.value,
        "name": case_words.STATES[state],
        "ball": BALLS[BALL[state]],
        "arrows": [_words(arrow) for arrow in arrows if arrow.source == state],
        "staying": [case_words.COMMANDS[command] for command in diagram.staying()[state]],
    }


def _words(arrow: diagram.Arrow) -> dict[str, Any]:
    return {
        "id": f"{arrow.source}-{arrow.target}",
        "target": case_words.STATES[arrow.target],
        "target_code": arrow.target,
        "commands": [case_words.COMMANDS[command] for command in arrow.commands],
    }


def _path(source: Box, target: Box) -> str:
    """A line from edge to edge that bows to its right, so that there and back are two lines."""
    (x1, y1), (x2, y2) = source.middle, target.middle
    begin, end = _edge(source, x2, y2), _edge(target, x1, y1)
    bow = 0.12 if abs(x2 - x1) + abs(y2 - y1) < 2 * STEP_Y + 1 else 0.22
    bend = (begin[0] + end[0]) / 2 - (y2 - y1) * bow, (begin[1] + end[1]) / 2 + (x2 - x1) * bow
    return f"M{begin[0]:.0f} {begin[1]:.0f}Q{bend[0]:.0f} {bend[1]:.0f} {end[0]:.0f} {end[1]:.0f}"


def _edge(box: Box, x: float, y: float) -> tuple[float, float]:
    """Where the line from the middle of a box towards a point leaves the box."""
    middle_x, middle_y = box.middle
    dx, dy = x - middle_x, y - middle_y
    share = min(WIDTH / 2 / abs(dx) if dx else 9.0, HEIGHT / 2 / abs(dy) if dy else 9.0)
    return middle_x + dx * share, middle_y + dy * share
