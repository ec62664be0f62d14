"""What is said of the parts of pictures that excite maps most, chosen by what these parts show."""

from __future__ import annotations

from cnnviz.stage.language import Template
from cnnviz.stage.stories.kernel_words import Said
from cnnviz.subjects.hierarchy import Hierarchy


def judged(subject: Hierarchy, at: int) -> Said:
    """Say what the patches of the strongest map of a layer have in common."""
    excited = subject.levels[at].maps[0]
    names = ", ".join(map(subject.called, excited.kinds))
    told: Template = "These parts excite it most, up to {value}."
    if excited.is_corner:
        told = "The same corner is darkest in each, the rest brighter. It answers with up to {value}."
    elif excited.is_edge:
        told = "Bright on one side, dark on the other: an edge. It answers with up to {value}."
    elif len(excited.kinds) == 1:
        told = "All of them come from pictures of one kind: {names}."
        if at and len(subject.levels[at - 1].maps[0].kinds) == 1:
            told = "Again, all of them come from pictures of one kind: {names}."
    elif names:
        told = "They come from several kinds of pictures: {names}."
    return told, {"value": excited.patches[0].value, "names": names}


def others(subject: Hierarchy, at: int) -> Said:
    """Say what the other strong maps of a layer answer to: other kinds of pictures, where that is so."""
    first, *rest = subject.levels[at].maps
    kinds = {label for one in rest if (label := one.patches[0].label) is not None}
    if not at or not kinds or kinds & {*first.kinds}:
        return "And other strong maps of this layer, by the same search.", {}
    told: Template = "Other strong maps answer most to pictures of other kinds: {names}."
    return told, {"names": ", ".join(map(subject.called, sorted(kinds)))}


def ending(subject: Hierarchy) -> Template:
    """Say what was found, layer by layer."""
    first, last = subject.levels[0].maps[0], subject.levels[-1].maps[0]
    if subject.crowd == "digits" and first.is_edge and len(last.kinds) == 1:
        if first.is_corner:
            return "Each layer sees more: first a corner, at last a digit."
        return "Each layer sees more: first an edge, at last a digit."
    return "What excites a map most shows what it looks for: more of a picture in each layer."
