"""What tests of single scenes ask of labels and captions, under their options, in 16:9."""

import itertools
from functools import cache

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import layout
from cnnviz.stage.color import READABLE, contrast
from cnnviz.stage.lesson import SECONDS_PER_CHARACTER
from cnnviz.stage.theme import BLACK, CHANNELS, ROLES, WHITE
from tests.scenes.watch import near, watch


@cache
def watched(slug, theme):
    entry = find(slug)
    return watch(load_scene(entry.path, entry.class_name), theme=theme)


def outside(seen):
    """Labels that leave the safe margin."""
    right, top = layout.FRAME_WIDTH / 2 - layout.MARGIN + 0.02, layout.FRAME_HEIGHT / 2 - layout.MARGIN + 0.02
    return [
        label
        for still in seen.stills
        for label in still.labels
        if not (-right <= label.box[0] and label.box[2] <= right and -top <= label.box[1] and label.box[3] <= top)
    ]


def overlapping(seen):
    """Pairs of labels whose ink boxes meet."""
    return [
        (a.text, b.text)
        for still in seen.stills
        for a, b in itertools.combinations(still.labels, 2)
        if a.box[0] < b.box[2] and b.box[0] < a.box[2] and a.box[1] < b.box[3] and b.box[1] < a.box[3]
    ]


def too_small(seen):
    return [label for still in seen.stills for label in still.labels if label.size < layout.SMALLEST]


def unreadable(seen):
    """Labels too near in brightness to what they stand on."""
    return [label for still in seen.stills for label in still.labels if contrast(label.color, label.ground) < READABLE]


def off_palette(seen):
    """Labels in a color that has no role."""
    look = seen.scene.theme
    roles = {getattr(look, role) for role in (*ROLES, *CHANNELS, "text", "muted")} | {WHITE, BLACK}
    return [label for still in seen.stills for label in still.labels if label.color not in roles]


def untrue(seen):
    """Cells whose text is not the number behind it, rounded."""
    return [
        (still.start, cell, text, grid.values[cell])
        for still in seen.stills
        for grid in still.grids
        for cell, text in grid.texts.items()
        if not near(text, grid.values[cell])
    ]


def unread(seen):
    """Captions that stay too short a time to be read, or are too long."""
    return [
        caption
        for caption in seen.rendered.subcaptions
        if len(caption.text) > 140 or caption.end - caption.start < SECONDS_PER_CHARACTER * len(caption.text) - 0.3
    ]
