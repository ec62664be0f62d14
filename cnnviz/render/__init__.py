"""From a scene to a file.

The way of a frame:

1. `request` says what is asked for, `plan` what will be made of it: which scene of the `catalog`, how large (`quality`,
   `look`), in which file. What was made before comes from `kept`.
2. `drawing` lets `fast` play the scene, picture by picture, and hands each to a sink.
3. The sink is one of `writers`: a GIF, a movie. It writes into a private folder of `files`, looks at what it wrote, and
   the file is renamed into its place. Captions and a voice go beside or into it.

`work` has several processes do that, `lecture` makes one movie of many scenes, and `paper` puts a scene on a sheet.
"""

from cnnviz.render.result import Render
from cnnviz.render.runner import render

__all__ = ["Render", "render"]
