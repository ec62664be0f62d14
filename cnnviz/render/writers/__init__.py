"""Sinks that turn a stream of frames into a file.

>>> import numpy as np
>>> path = getfixture("tmp_path") / "a.gif"
>>> with open_writer(path, width=2, height=2, fps=10) as sink:
...     sink.write(np.zeros((2, 2, 4), np.uint8), frames=5)
>>> path.read_bytes()[:6]
b'GIF89a'
"""

from cnnviz.render.writers.base import Chapter, Clip, Writer
from cnnviz.render.writers.opening import FORMATS, open_writer

__all__ = ["FORMATS", "Chapter", "Clip", "Writer", "open_writer"]
