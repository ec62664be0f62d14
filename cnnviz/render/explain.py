"""A lecture on one network and one picture: the scenes that tell it, and what has to be left out, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cnnviz.errors import CnnvizError
from cnnviz.render.catalog import find, subject_of
from cnnviz.render.lecture import Part, title_card
from cnnviz.stage.language import counted, say_in, translated
from cnnviz.subjects.inside import LayerNames, layer_named
from cnnviz.subjects.network import KnownNetwork, NetworkKind
from cnnviz.subjects.number import share_text
from cnnviz.subjects.picture import Source
from cnnviz.subjects.seen import Seen

STORY = (
    "ch06-s01-volumes",
    "ch05-s01-growth",
    "ch10-s02-filters",
    "ch06-s05-forward-pass",
    "ch10-s01-activation-maps",
    "ch10-s06-grad-cam",
    "ch10-s05-occlusion",
)
"""Scenes about a network and a picture, in the order in which they are told."""


@dataclass(frozen=True)
class Explanation:
    """The parts of the lecture, and the scenes that this network or this picture leaves no room for."""

    parts: tuple[Part, ...]
    left_out: tuple[tuple[str, str], ...]
    """Title and reason."""


def explain(seen: Seen, image: Source, language: str = "en", **more: Any) -> Explanation:
    """Choose the scenes that can be told of a network and a picture.

    Parameters
    ----------
    seen : Seen
        The network and what it makes of the picture.
    image : str, Path or Picture
        The picture, as it was given.
    language : str
        Of the card and of the names of the parts.
    **more
        Options that some of the scenes have, such as ``layers``.

    Raises
    ------
    OptionError
        If ``layers`` names one that the network has not.

    Examples
    --------
    >>> from cnnviz.subjects.seen import see
    >>> known = NetworkKind().read("network", "tiny-cnn")
    >>> [part.mark for part in explain(see(known, "digit:5"), "digit:5").parts][:3]
    ['tiny-cnn', 'Volumes', 'Receptive field']
    """
    for name in LayerNames().read("layers", more.get("layers") or ()):
        layer_named(seen, name)
    parts, left_out = [title_card(seen.known.name, facts(seen, language))], []
    for slug in STORY:
        entry = find(slug)
        subject, title = subject_of(entry), translated(entry.title, language)
        if not isinstance(subject.options["network"].kind, NetworkKind):
            continue
        options = {"network": seen.known, "image": image}
        options |= {name: value for name, value in more.items() if name in subject.options and value is not None}
        try:
            subject(**options)
        except CnnvizError as error:
            left_out.append((title, str(error)))
        else:
            parts.append(Part(slug, options, title))
    return Explanation(tuple(parts), tuple(left_out))


def facts(seen: Seen, language: str = "en") -> list[str]:
    """Say of a network in a few lines what goes in and comes out, how large it is, and what it says of the picture."""
    summary = seen.network.summary(seen.known.input)
    shapes = map(seen.known.told, (seen.known.input, summary.output))
    came, went = (" × ".join(f"{size:,}" for size in shape) for shape in shapes)
    layers = counted("{count} layer", "{count} layers", len(summary.rows))
    parameters = counted("{count} parameter", "{count} parameters", summary.parameters)
    lines = [
        say_in(language, "{input} in, {output} out", input=came, output=went),
        say_in(language, "{layers}, {parameters}", layers=layers, parameters=parameters),
    ]
    if seen.known.is_row:
        lines.append(say_in(language, "A sequence is drawn as a picture of one row"))
    shares, answer = seen.shares, seen.answer
    if not seen.learned:
        lines.append(say_in(language, "It has not learned yet: its weights are drawn at random"))
    elif shares is not None and answer is not None:
        lines.append(
            say_in(
                language,
                "It reads {picture} as {answer}, with a share of {share}",
                picture=seen.picture.name,
                answer=seen.called(answer),
                share=share_text(float(shares[answer])),
            )
        )
    return lines


def movie_title(known: KnownNetwork, language: str = "en") -> str:
    """Name the whole."""
    sentence = "What {network} makes of a sequence" if known.is_row else "What {network} makes of a picture"
    return say_in(language, sentence, network=known.name)
