"""In what frame, theme, language and with which options a scene is watched: one mixture of its own in the plain run."""

import itertools
import zlib

from cnnviz.stage.frame import ASPECTS
from cnnviz.stage.language import languages
from cnnviz.stage.theme import THEMES

FIVE = "1,4,6,4,1;4,16,24,16,4;6,24,36,24,6;4,16,24,16,4;1,4,6,4,1"
FRACTIONS = "1/16,1/8,1/16;1/8,1/4,1/8;-1/16,-1/8,-1/16"
SETS = {
    "defaults": {},
    "photo": {"image": "photo:china", "size": "64"},
    "five": {"kernel": FIVE},
    "fractions": {"kernel": FRACTIONS},
}


def sets(scene_class):
    """The option sets that a scene's subject has the options for."""
    known = scene_class.subject_class.options
    return [name for name, options in SETS.items() if set(options) <= set(known)]


def mixtures(scene_class):
    """Every (aspect, theme, option set, language); a scene laid out by hand is made for 16:9 and its defaults."""
    if not hasattr(scene_class, "beat"):
        return [("16:9", theme, "defaults", "en") for theme in THEMES]
    return list(itertools.product(ASPECTS, THEMES, sets(scene_class), languages()))


def its_own(slug, scene_class):
    """The one mixture of the plain run: by the name, so that a new scene changes nobody else's."""
    some = [each for each in mixtures(scene_class) if each[2] == "defaults"]
    return some[zlib.crc32(slug.encode()) % len(some)]
