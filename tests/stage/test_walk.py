"""A window that walks: in no picture does it stand on one place beside the numbers of another."""

import numpy as np
import pytest

from cnnviz.engine.trace import trace_conv
from cnnviz.stage import Grid, Scene, Window
from tests.scenes.watch import watch

X = np.arange(64.0).reshape(8, 8)
TRACE = trace_conv(X[None, None], np.ones((1, 1, 3, 3)))
SLIDES = 0.6  # seconds that the window slides to the first and the last step, together, at most


class Walking(Scene):
    """Walks over 36 windows and notes in every picture where the window is drawn, and whose result was told last."""

    title, subtitle, chapter = "Walking", "step by step", "0 · Tests"

    def tell(self, subject):  # noqa: ARG002
        self.told, self.x = None, Grid(X, "input", "input")
        self.arrange(self.x)
        self.window = Window(self.x, (3, 3))
        self.add(self.window)
        with self.beat("The window goes over all pixels."):
            self.walk(TRACE, self.window, self.hear, seconds=self.seconds)
        self.told = None
        self.close("Each window gave one number.")

    def hear(self, step):
        self.told = step.padded_origin[-2:]

    def is_in_step(self):
        corners = self.window.frame.points[0, :2], self.x.corners(self.told, 3, 3)[0]
        return bool(np.allclose(*corners))


@pytest.mark.parametrize("seconds", [4.0, 8.0])
@pytest.mark.parametrize("fps", [10, 30])
def test_what_is_told_belongs_to_the_window_that_is_seen(seconds, fps, monkeypatch):
    scenes, seen = [], []
    monkeypatch.setattr(Walking, "seconds", seconds, raising=False)
    monkeypatch.setattr(Walking, "setup", lambda scene: (scenes.append(scene), Scene.setup(scene)))

    def look(time, pixels):
        if scenes and getattr(scenes[0], "told", None):
            seen.append(scenes[0].is_in_step())

    watch(Walking, fps=fps, drawn=True, keep=look)
    assert seen.count(True) >= len(TRACE) - 2  # a picture that stays is handed over once
    assert seen.count(False) <= SLIDES * fps  # only the first and the last step, which are slow, are slid into


def test_a_counter_goes_with_the_beat_that_counted_to_the_end():
    class Counting(Walking):
        seconds = 4.0

        def tell(self, subject):  # noqa: ARG002
            self.arrange(Grid(X, "input", "input"))
            with self.beat("Some of the windows are counted."):
                self.walk(TRACE[:20], None, self.hear, noun="window")
                self.step(20, 36, noun="window")
            with self.beat("The others are counted in another sentence."):
                self.walk(TRACE[20:], None, self.hear, noun="window")
                self.step(36, 36, noun="window")
            self.close("Each window gave one number.")

    counted = [
        {label.text for label in still.labels if label.text.startswith("window ")}
        for still in watch(Counting, drawn=False).pictures
    ]
    assert {"window 20 / 36"} in counted
    assert {"window 36 / 36"} in counted
    assert counted[-1] == set()


def test_a_counter_belongs_to_the_beat_that_follows_it_and_stays_where_that_is_asked_for():
    class Counting(Walking):
        def tell(self, subject):  # noqa: ARG002
            self.arrange(Grid(X, "input", "input"))
            for stays in (False, True):
                self.step(2, 2, noun="window", stays=stays)
                for told in ("The last of all is here.", "It has a sentence more."):
                    with self.beat(told):
                        self.hold(1.0)
            self.uncount()
            self.close("Each window gave one number.")

    watched = watch(Counting, drawn=False)
    counted = [
        {label.text for still in watched.pictures if still.beat is beat for label in still.labels if label.counter}
        for beat in watched.scene.beats
    ]
    assert counted == [{"window 2 / 2"}, set(), {"window 2 / 2"}, {"window 2 / 2"}, set()]
