"""What never ends is stopped, wherever it hangs and whatever it catches."""

import signal
import threading
import time
from contextlib import suppress

import pytest

from cnnviz.errors import OptionError, RenderError
from cnnviz.render import render
from cnnviz.render.limit import TimeUpError, limited
from cnnviz.render.request import Request
from cnnviz.render.work.jobs import render_all

# An alarm may fall into a callback whose errors Python only reports, as of the garbage collector; it comes again.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def forever():
    while True:
        pass


def stubborn():
    calm = 2
    while calm:
        try:
            forever()
        except BaseException:
            calm -= 1
    forever()


@pytest.mark.parametrize("hang", [forever, stubborn, lambda: time.sleep(60)])
def test_on_the_main_thread(hang):
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TimeUpError), limited(0.05):
        hang()
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def in_a_thread(work):
    seen = []

    def run():
        try:
            work()
            seen.append("done")
        except TimeUpError:
            seen.append("stopped")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    return seen


@pytest.mark.parametrize("hang", [forever, stubborn])
def test_on_another_thread(hang):
    def work():
        with limited(0.05):
            hang()

    assert in_a_thread(work) == ["stopped"]


def test_what_ends_in_time_is_not_stopped_later():
    def work():
        for _ in range(200):
            with suppress(TimeUpError), limited(0.001):
                pass
        time.sleep(0.05)
        sum(range(100_000))

    assert in_a_thread(work) == ["done"]
    with limited(0.05):
        pass
    time.sleep(0.1)


ENDLESS = """
from manim import Dot, Scene

class Endless(Scene):
    def construct(self):
        self.add(Dot())
        self.wait(0.5)
        {then}

{outside}
"""


@pytest.mark.parametrize(
    ("then", "outside", "place"),
    [
        ("while True: pass", "", "never.py, line 8, after 1 animation, at 0.4 s"),
        ("while True: self.wait(1)", "", "never.py, line 8, after "),
        ("", "while True: pass", "never.py, line 10"),
    ],
)
def test_a_scene(tmp_path, then, outside, place):
    path = tmp_path / "never.py"
    path.write_text(ENDLESS.format(then=then, outside=outside))
    with pytest.raises(RenderError) as caught:
        render(path, width=160, fps=5, path=tmp_path / "a.gif", timeout=1)
    said = str(caught.value)
    assert said.startswith(f"render: scene never did not end within 1 s ({place}")
    assert said.endswith("); let it end, or give it more time")
    assert [entry.name for entry in tmp_path.iterdir()] == ["never.py"]


def test_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "never.py"
    path.write_text(ENDLESS.format(then="while True: pass", outside=""))
    orders = [Request.of(path, width=160, fps=5, path=tmp_path / f"{n}.gif", timeout=1) for n in range(2)]
    for error in render_all(orders, jobs=2):
        assert str(error).startswith("render: scene never did not end within 1 s (never.py, line 8, after 1 animation")


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_no_limit_at_all(tmp_path, seconds):
    with pytest.raises(OptionError) as caught:
        render(tmp_path / "a.py", timeout=seconds)
    assert str(caught.value) == f"timeout: expected a number of seconds above 0, got {seconds:g}"
