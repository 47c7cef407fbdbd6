"""What the desk's reasons are called."""

from django.utils.translation import pgettext_lazy

from mediation.desk.rules.declines import Reason
from mediation.desk.rules.routing import Miss

MISSES = {
    Miss.AWAY: pgettext_lazy("why a case does not suit an agent", "away"),
    Miss.CONFLICT: pgettext_lazy("why a case does not suit an agent", "a tie to one of the parties"),
    Miss.LANGUAGE: pgettext_lazy("why a case does not suit an agent", "another language"),
    Miss.TRACK: pgettext_lazy("why a case does not suit an agent", "another track"),
    Miss.VALUE: pgettext_lazy("why a case does not suit an agent", "above the value limit"),
    Miss.RAMP: pgettext_lazy("why a case does not suit an agent", "too much for somebody new"),
    Miss.FULL: pgettext_lazy("why a case does not suit an agent", "full"),
    Miss.DECLINED: pgettext_lazy("why a case does not suit an agent", "you said “not now”"),
}
DECLINES = {
    Reason.BUSY: pgettext_lazy("why a case is not taken", "I have too much to do right now"),
    Reason.LEAVING: pgettext_lazy("why a case is not taken", "My day ends soon"),
    Reason.SKILL: pgettext_lazy("why a case is not taken", "Somebody else knows this better"),
    Reason.OTHER: pgettext_lazy("why a case is not taken", "Another reason"),
}
