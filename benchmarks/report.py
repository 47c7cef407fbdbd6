"""Figures of many rounds become medians, ratios and a table in Markdown."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

Figures = dict[str, float]


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
        print(f"{workload:<28} {target:<7} " + "  ".join(f"{k} {shown(v)}" for k, v in figures.items()), flush=True)

    def median(self, workload: str, target: str, figure: str) -> float:
        """The median over the rounds; not a number when the target has no such figure."""
        found = [
            one[figure] for one in self.rounds[workload].get(target, []) if not math.isnan(one.get(figure, math.nan))
        ]
        return statistics.median(found) if found else math.nan

    @property
    def faults(self) -> int:
        """Faults of the product. The yard-stick promises nothing, so its faults are only shown."""
        rounds = [one for targets in self.rounds.values() for one in targets.get("parley", [])]
        return sum(int(one.get("faults", 0)) for one in rounds)

    def markdown(self) -> str:
        lines = ["| workload | figure | Parley | plain Channels | plain ÷ Parley |", "|---|---|---|---|---|"]
        for workload, targets in self.rounds.items():
            names = dict.fromkeys(name for rounds in targets.values() for one in rounds for name in one)
            for figure in names:
                ours, theirs = (self.median(workload, target, figure) for target in ("parley", "plain"))
                ratio = f"{theirs / ours:.2g}×" if ours and theirs and not math.isnan(ours + theirs) else ""
                lines.append(f"| {workload} | {figure} | {shown(ours)} | {shown(theirs)} | {ratio} |")
        return "\n".join(lines)
