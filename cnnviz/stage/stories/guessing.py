"""What a top-5 error is: a photo, a thousand classes, and five guesses that may miss the right one."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnviz.data.picture import Picture
from cnnviz.stage.language import Template, say
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column

_CLASSES, _TINT = (25, 40), 0.3  # rows and columns of a thousand cells, and how strong their fills are
_GUESSES, _RIGHT = ((3, 31), (6, 8), (11, 22), (16, 4), (20, 35)), (18, 16)
"""Some places among them: which class is where, is not told."""
_BESIDE, _ABOVE = 0.42, 0.6  # of the stage, how wide the photo is beside the classes and above them


def ask_for_five(scene: Any, picture: Picture, told: Template) -> None:
    """Show a photo and all classes, make five guesses and reveal the right one; then clear the stage."""
    theme, (rows, columns) = scene.theme, picture.values.shape[1:]
    classes = Grid(np.full(_CLASSES, _TINT), "output", "classes", detail="1,000", scale=1.0, form="pixels", ruled=True)
    pixels = photo_pixels(picture.values, picture.peak, np.zeros((rows, columns), bool), theme.ground)
    stage = scene.frame.stage
    wide = stage.width * (_BESIDE if stage.width > stage.height else _ABOVE)
    photo = Made(wide, wide * rows / columns, lambda box: PixelImage(pixels, box), "photo", role="input")
    key = Slot(wide, 0.5)
    scene.arrange(photo, Column(classes, key, gap=0.1))
    runs = [(say("five guesses"), theme.highlight), ("    ", theme.text), (say("the right one"), theme.text)]
    with scene.beat(told, focus=classes):
        key.put_line(runs)
        marks = [Outline(classes, cell, color=theme.highlight) for cell in _GUESSES]
        for mark in marks:
            scene.appear(mark, seconds=0.35)
        marks.append(Outline(classes, _RIGHT, color=theme.text))
        scene.appear(marks[-1])
        scene.point(marks[-1])
        scene.rest(0.8)
    scene.vanish(photo, classes, key, *marks)
    scene.remove(photo, classes, key)
