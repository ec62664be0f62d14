"""Look at one scene: ``python -m tests.scenes.look SLUG_OR_FILE [--aspect 9:16] [--theme light] [--set NAME=VALUE]``.

Prints its sentences and everything that the checks find, and writes a sheet of the pictures at the ends of its beats.
"""

import argparse
import math
from pathlib import Path

import numpy as np
from PIL import Image

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.frame import ASPECTS

LONG = 640  # pixels of a picture's longer side


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scene", help="a slug of the catalogue or a Python file")
    parser.add_argument("--aspect", choices=ASPECTS, default="16:9")
    parser.add_argument("--theme", default="dark")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--sheet", type=Path, default=Path("renders/look.png"))
    asked = parser.parse_args()
    path, name = (Path(asked.scene), None) if asked.scene.endswith(".py") else _of(find(asked.scene))
    scene_class = load_scene(path, name)
    from tests.scenes.findings import findings
    from tests.scenes.watch import watch

    frames = []
    width, height = ASPECTS[asked.aspect]
    pixels = tuple(2 * round(LONG / max(width, height) * side / 2) for side in (width, height))
    options = dict(each.split("=", 1) for each in asked.set)
    keep = lambda time, frame: frames.append((time, frame[..., :3].copy()))  # noqa: E731
    seen = watch(scene_class, asked.aspect, fps=8, pixels=pixels, keep=keep, theme=asked.theme, **options)
    captions = seen.rendered.subcaptions
    for caption in captions:
        print(f"{caption.start:6.1f} {caption.end:6.1f} {len(caption.text):3d}  {caption.text}")
    found = findings(seen)
    print(*found, f"{len(found)} findings, {seen.rendered.seconds:.1f} s", sep="\n")
    asked.sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet([_at(frames, caption.end - 0.2) for caption in captions]).save(asked.sheet)


def _of(entry):
    return entry.path, entry.class_name


def _at(frames, time):
    return next(frame for start, frame in reversed(frames) if start <= max(time, 0.0))


def sheet(pictures):
    """Set pictures side by side."""
    rows, columns, _ = pictures[0].shape
    across = 3 if columns >= rows else 5
    made = np.zeros((math.ceil(len(pictures) / across) * rows, across * columns, 3), np.uint8)
    for index, picture in enumerate(pictures):
        row, column = divmod(index, across)
        made[row * rows : (row + 1) * rows, column * columns : (column + 1) * columns] = picture
    return Image.fromarray(made)


if __name__ == "__main__":
    main()
