"""At the desk no word of a case's state is broken, whatever stands beside the queue."""

from mediation.desk.actions.rows import refresh
from mediation.disputes.models import Dispute
from tests.browser.conftest import Visit
from tests.browser.test_desk import desk, due, waiting
from tests.cast import Cast

LINES = """([words]) => words.split(" ").map((word) => {
    const node = document.querySelector(".case-do > small").firstChild, range = new Range();
    const at = node.data.indexOf(word);
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    return range.getClientRects().length;
})"""


def test_no_word_of_a_state_is_broken_beside_an_open_brief(live_cast: Cast, visit: Visit) -> None:
    case = due(waiting(live_cast, "one"), 10)
    for state in ("recommended", "awaiting_response", "executing"):
        Dispute.objects.filter(pk=case).update(state=state, mediator=live_cast.senior)
        refresh([case])
        page = desk(visit, live_cast.senior, f"/desk/?queue=open&case={case}", viewport={"width": 1360, "height": 800})
        said = page.locator(".case-do > small").first.inner_text()
        assert set(page.evaluate(LINES, [said])) == {1}, said
