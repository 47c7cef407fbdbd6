"""What axe finds wrong with a page, as (rule, element). Its script is put into a document once."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

FIND = """async (part) => {
    const {violations} = await axe.run(part || document, {resultTypes: ["violations"]});
    return violations.map((rule) => [rule.id, rule.nodes[0].html.slice(0, 200)]);
}"""


def violations(page: Page, part: str | None = None) -> list[tuple[str, str]]:
    """On the whole page, or in that part of it."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    return [(rule, element) for rule, element in page.evaluate(FIND, part)]
