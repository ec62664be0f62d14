import numpy as np
from manim import RIGHT, UP, ImageMobject, MovingCameraScene


class ImagesAlone(MovingCameraScene):
    """A camera that moves while there is no outline to draw."""

    def construct(self):
        image = ImageMobject(np.arange(96, dtype=np.uint8).reshape(8, 12) * 2).scale(30)
        self.add(image)
        self.wait(0.2)
        self.play(self.camera.frame.animate.shift(RIGHT).scale(0.7), run_time=0.4)
        self.play(image.animate.shift(UP), run_time=0.3)
        self.remove(self.camera.frame)
        self.wait(0.2)
        self.camera.frame.shift(UP)
        self.wait(0.2)
