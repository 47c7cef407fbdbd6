"""A test that fails is tried once more, and never in silence (decision 0030).

`make test` asks for it by `--reruns 1`; `make faults` and `make soak` do not, because a promise broken once is broken.
What failed first is printed in full at the end, and when it is more than a few the run is red all the same.
"""

import pytest

BEARABLE = 3  # of four thousand tests: more is no accident of the machine


def _tried_again(reporter: pytest.TerminalReporter) -> list[pytest.TestReport]:
    return list(reporter.stats.get("rerun", []))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and len(_tried_again(reporter)) > BEARABLE and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    unstable = _tried_again(terminalreporter)
    if not unstable:
        return
    terminalreporter.section("UNSTABLE: failed first and were tried once more", sep="=", red=True, bold=True)
    for report in unstable:
        terminalreporter.section(report.nodeid, sep="-", yellow=True)
        terminalreporter.line(report.longreprtext)
    if len(unstable) > BEARABLE:
        terminalreporter.line(f"{len(unstable)} of them: more than {BEARABLE} make the run red.", red=True)
