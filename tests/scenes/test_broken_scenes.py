# ruff: noqa: ARG002, ARG005
"""Each check finds what it is there for: scenes that do one thing wrong, and one that does nothing wrong."""

import numpy as np
import pytest

from cnnviz.engine.trace import trace_conv
from cnnviz.stage import Grid, Label, Lesson, Scene, Window
from cnnviz.stage.formula import chain
from cnnviz.stage.frame import ASPECTS
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.space import View
from tests.scenes.findings import findings
from tests.scenes.watch import watch

X = np.arange(16.0).reshape(4, 4)
TRACE = trace_conv(X[None, None], np.ones((1, 1, 3, 3)))


class Sound(Scene):
    """Does nothing wrong; a broken one overrides a step of it."""

    title, subtitle, chapter = "Sound", "all is well", "0 · Tests"

    def tell(self, subject):
        self.x, self.y = Grid(X, "input", "input"), Grid(TRACE.fold()[0], "output", "map", hidden=True)
        self.arrange(self.x, self.y)
        window = Window(self.x, (3, 3))
        self.add(window)
        with self.beat("The map has {rows} rows.", rows=2, focus=window):
            self.walk(TRACE, window, self.land, seconds=2.0)
            self.spoil(window)
            self.hold(0.5)
        self.close(*self.answer(), focus=self.y)

    def land(self, step):
        self.y.show([step.output_index[-2:]])

    def spoil(self, window):
        pass

    def answer(self):
        return ("Each window gave one number.",)


def label(text, size=20, at=(0, 2.3), color=None):
    return lambda scene, window: scene.add(Label(text, size, color or scene.theme.text, at=at))


def opened(scene, window):
    scene.x.labels[0, 0].points = (
        scene.x.labels[1, 1].points + scene.x.labels[0, 0].points[:1] - scene.x.labels[1, 1].points[:1]
    )


def pale(scene, window):
    scene.add(
        Rectangle(Box(-0.4, 2.1, 0.4, 2.5), fill=scene.theme.text), Label("pale", 20, scene.theme.muted, at=(0, 2.3))
    )


def hidden(scene, window):
    scene.add(
        Label("behind", 20, scene.theme.text, at=(0, 2.3)), Rectangle(Box(-1, 2, 1, 2.6), fill=scene.theme.ground)
    )


def said_early(scene, window):
    scene.say("The sum is {sum}.", sum=4711)
    for at in range(9):
        scene.move(window, (at % 2, 0), 0.2)
        scene.hold(0.2)
    scene.add(Label("4711", 20, scene.theme.text, at=(0, 2.3)))
    scene.hold(0.5)


def sunk_elsewhere(scene, window):
    scene.x.only([(0, 0)])
    scene.x.fills[1, 1].set_fill(scene.x.fills[0, 0].get_fill_color())


def taken_back(scene, window):
    scene._end_beat()
    for number in (1, 2):
        scene.step(number, 2)
        scene._is_ahead = False
        with scene.beat("Here is one more.", focus=window):
            scene.rest(1.0)


SPOILT = {
    "margins": label("far away", at=(7, 0)),
    "overlaps": lambda scene, window: (label("one")(scene, window), label("two", at=(0.1, 2.3))(scene, window)),
    "sizes": label("tiny", 9),
    "contrasts": pale,
    "colors": label("pink", color="#ff88cc"),
    "untrue": opened,
    "covered": hidden,
    "stillness": lambda scene, window: scene.hold(4.0),
    "uncounted": taken_back,
    "unseen": lambda scene, window: scene.say("The sum is {sum}.", sum=4711),
    "late": said_early,
    "too_long": lambda scene, window: scene.say("So many words that nobody can read them in time, " * 2),
    "equations": label("2.5 + 2.5 = 5.5"),
    "displaced": lambda scene, window: window.shift((0.3, 0, 0)),
    "feigned": sunk_elsewhere,
}


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_sound_scene_passes_in_every_frame(aspect):
    assert findings(watch(Sound, aspect, fps=8, drawn=True)) == []


@pytest.mark.parametrize("check", SPOILT)
def test_a_check_finds_what_it_is_there_for(check):
    broken = type("Broken", (Sound,), {"spoil": SPOILT[check], "__module__": __name__})
    assert check in {found.split()[0] for found in findings(watch(broken, fps=8, drawn=True))}


def test_an_outline_that_is_drawn_beside_its_cells_is_found():
    def outlined(scene, window):
        scene.add(Outline(scene.x, (1, 1), color=scene.theme.highlight).shift((0, -0.2, 0)))

    broken = type("Broken", (Sound,), {"spoil": outlined, "__module__": __name__})
    assert any(found.startswith("displaced") for found in findings(watch(broken)))


def test_a_window_that_believes_to_be_elsewhere_is_found():
    class Broken(Sound):
        def move(self, window, cell, seconds):
            super().move(window, (cell[1], cell[0]), seconds)

    found = [line for line in findings(watch(Broken)) if line.startswith("strayed")]
    assert len(found) == 2  # the two windows off the diagonal


def test_a_result_that_lands_elsewhere_is_found():
    class Broken(Sound):
        def land(self, step):
            row, column = step.output_index[-2:]
            self.y.show([(row, 1 - column)])

    assert any(line.startswith("strayed") and "appeared in 'map'" in line for line in findings(watch(Broken)))


def test_a_formula_is_read_back():
    class Written(Sound):
        def spoil(self, window):
            self.say("The sum is {sum}.", sum=-12.5)
            self.add(*chain(["S", "-12.5"], 24, self.theme, at=(-1, 2.3)))

    assert findings(watch(Written)) == []


def test_a_formula_is_computed():
    class Written(Sound):
        def spoil(self, window):
            self.add(*chain(["S", "-3 dot 4", "12"], 24, self.theme, at=(-1, 2.3)))

    assert [line.split()[0] for line in findings(watch(Written))] == ["equations"]


def test_a_grid_in_space_is_read_back():
    class Turned(Sound):
        def spoil(self, window):
            self.remove(window)
            self.x.stand(View().plane(self.x.box.center))

    seen = watch(Turned)
    assert not [line for line in findings(seen) if line.split()[0] in ("untrue", "unread", "overlaps")]
    (sheet,) = [grid for grid in seen.stills[-1].grids if grid.role == "input"]
    assert sheet.frame.is_slanted
    assert {cell: float(text) for cell, text in sheet.texts.items()} == dict(np.ndenumerate(X))


def test_text_that_was_scaled_is_read_back():
    class Scaled(Sound):
        def spoil(self, window):
            self.add(Label("larger", 20, self.theme.text, at=(0, 2.3)).scale(1.5))

    (seen,) = {label.size for still in watch(Scaled).stills for label in still.labels if label.text == "larger"}
    assert seen == pytest.approx(30)


class Broken(Lesson):
    """A scene laid out by hand that does something wrong."""

    def construct(self):
        self.say("Nobody reads this.")
        ink = self.theme.text
        self.add(Label("far away", 20, ink, at=(7, 0)), Label("one", 20, ink), Label("two", 20, ink, at=(0.1, 0)))
        self.hold(0.5)


def test_a_broken_lesson_is_caught():
    assert {found.split()[0] for found in findings(watch(Broken))} == {"margins", "overlaps"}
