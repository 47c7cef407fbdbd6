"""What is measured, in words: for staff, wherever a clock is shown."""

from typing import Any

from django.utils.translation import pgettext_lazy

from mediation.sla.rules.metrics import Metric

METRICS: dict[str, Any] = {
    Metric.EE.value: pgettext_lazy("what a clock measures", "Reply to the referral"),
    Metric.CLAIM.value: pgettext_lazy("what a clock measures", "A mediator takes the case"),
    Metric.TTFR.value: pgettext_lazy("what a clock measures", "First answer"),
    Metric.TTFC.value: pgettext_lazy("what a clock measures", "First contact"),
    Metric.NRT.value: pgettext_lazy("what a clock measures", "Next answer"),
    Metric.PUT.value: pgettext_lazy("what a clock measures", "Next update"),
    Metric.REC.value: pgettext_lazy("what a clock measures", "Recommendation"),
    Metric.LOG.value: pgettext_lazy("what a clock measures", "Review of the hours"),
    Metric.OBJ.value: pgettext_lazy("what a clock measures", "Decision on the objection"),
    Metric.PROM.value: pgettext_lazy("what a clock measures", "What was promised"),
    Metric.TRES.value: pgettext_lazy("what a clock measures", "End of the case"),
}
