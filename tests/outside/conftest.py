import pytest

# Modules that only serve the tests: nothing to collect, and some need PyTorch, which the plain run does without.
collect_ignore_glob = ["[!t]*.py", "torch_*.py"]


@pytest.fixture
def tally(record_property):
    """Report how many cases of an outside suite passed, for the table at the end of the run."""

    def report(name: str, passed: int, total: int) -> None:
        record_property("outside", [name, passed, total])

    return report
