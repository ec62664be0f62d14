"""What the plain run takes of a test's parameters, and the table of cases from outside at the end of a run."""

from collections import Counter

import pytest

from tests.browser import chromium


@pytest.fixture(scope="module")
def browser():
    """Chromium, for all tests of a file."""
    with chromium() as found:
        yield found


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Of a test marked ``few(n)`` the plain run takes the first n of its parameters, the full run all."""
    taken = Counter()
    for item in items:
        if few := item.get_closest_marker("few"):
            taken[item.function] += 1
            if taken[item.function] > few.args[0]:
                item.add_marker(pytest.mark.full)


def pytest_terminal_summary(terminalreporter):
    passed, total = Counter(), Counter()
    for key in ("passed", "failed"):
        for report in terminalreporter.stats.get(key, ()):
            for word, value in report.user_properties:
                if word == "outside":
                    name, good, whole = value
                    passed[name] += good
                    total[name] += whole
    if not total:
        return
    terminalreporter.section("cases that nobody here wrote")
    terminalreporter.write_line(f"{'':<60}{'passed':>9}{'failed':>9}")
    for name in sorted(total):
        failed = total[name] - passed[name]
        terminalreporter.write_line(f"{name:<60}{passed[name]:>9,}{failed:>9,}", red=failed > 0)
