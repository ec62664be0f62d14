"""The table of cases from outside, printed at the end of a run."""

from collections import Counter


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
