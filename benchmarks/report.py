"""Figures of many rounds become medians, ratios and a table in Markdown."""

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Figures = dict[str, float]
YARD_STICK = "plain"


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile; not a number when there are no values."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def shown(value: float) -> str:
    """Three significant digits, and no more decimals than mean something."""
    if math.isnan(value):
        return "–"
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"


@dataclass
class Report:
    """Rounds of figures by workload and target; `markdown` is what is kept in `benchmarks/results/`."""

    rounds: dict[str, dict[str, list[Figures]]] = field(default_factory=dict)

    def add(self, workload: str, target: str, figures: Figures) -> None:
        self.rounds.setdefault(workload, {}).setdefault(target, []).append(figures)
        print(f"{workload:<28} {target:<14} " + "  ".join(f"{k} {shown(v)}" for k, v in figures.items()), flush=True)

    def median(self, workload: str, target: str, figure: str) -> float:
        """The median over the rounds; not a number when the target has no such figure."""
        found = [
            one[figure] for one in self.rounds[workload].get(target, []) if not math.isnan(one.get(figure, math.nan))
        ]
        return statistics.median(found) if found else math.nan

    @property
    def faults(self) -> int:
        """Faults of the product. The yard-stick promises nothing, so its faults are only shown."""
        ours = [
            one for targets in self.rounds.values() for name in targets.keys() - {YARD_STICK} for one in targets[name]
        ]
        return sum(int(one.get("faults", 0)) for one in ours)

    def markdown(self) -> str:
        """A column for each target, and how much more the yard-stick needs than the first of them."""
        targets = list(dict.fromkeys(name for rounds in self.rounds.values() for name in rounds))
        head = ["workload", "figure", *targets, f"{YARD_STICK} ÷ {targets[0]}"]
        return "\n".join(map(_line, [head, ["---"] * len(head), *self._rows(targets)]))

    def _rows(self, targets: Sequence[str]) -> Iterator[list[str]]:
        for workload, measured in self.rounds.items():
            for figure in dict.fromkeys(name for rounds in measured.values() for one in rounds for name in one):
                medians = [self.median(workload, target, figure) for target in targets]
                ours, theirs = medians[0], self.median(workload, YARD_STICK, figure)
                ratio = f"{theirs / ours:.2g}×" if ours and theirs and not math.isnan(ours + theirs) else ""
                yield [workload, figure, *map(shown, medians), ratio]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
