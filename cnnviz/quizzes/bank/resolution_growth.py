"""How the cost of a dense layer grows with the picture."""

import numpy as np

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("resolution-growth", chapter=1, title="Larger pictures, larger layers")
def resolution_growth(draw: Draw) -> Draft:
    """Ask how many weights are needed when the side of a picture grows."""
    if draw.level == 3:
        return _backward(draw)
    side = draw.by_level(draw.integer(2, 5), draw.integer(4, 10))
    factor = draw.by_level(draw.integer(2, 3), draw.integer(2, 4))
    units = draw.by_level(draw.integer(2, 5), draw.integer(5, 20))
    now = parameter_count(side * side, units, bias=False)
    answer = parameter_count((factor * side) ** 2, units, bias=False)
    return Draft(
        prompt="A dense layer of {units} units reads gray pictures of {side} × {side} pixels with {now} weights. The "
        "pictures become {factor} times as wide and {factor} times as high. How many weights does the layer need now?",
        facts={"units": units, "side": side, "now": now, "factor": factor},
        kind=draw.by_level("choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "grew with the side",
                now * factor,
                "Both sides grow, so the pixels grow with the square of the factor: multiply once more.",
            ),
            Mistake(
                "grew exponentially",
                now * 2**factor,
                "The cost grows with the square of the side. That is fast, but not exponential.",
            ),
            Mistake("did not grow", now, "A dense layer has a weight for each pixel: more pixels, more weights."),
            Mistake(
                "grew with the cube",
                now * factor**3,
                "A picture has two sides that grow; the number of units stays: multiply by the factor twice.",
            ),
            Mistake(
                "added the growth",
                now + factor * factor * units,
                "Every pixel becomes several: multiply the weights, do not add to them.",
            ),
        ],
        solution=[
            say(
                "Before: {side} × {side} = {pixels} pixels, each with {units} weights: {now}.",
                side=side,
                pixels=side * side,
                units=units,
                now=now,
            ),
            say(
                "After: {wide} × {wide} = {pixels} pixels, {times} times as many.",
                wide=factor * side,
                pixels=(factor * side) ** 2,
                times=factor * factor,
            ),
            say("{times} × {now} = {answer}: quadratic in the side.", times=factor * factor, now=now, answer=answer),
        ],
    )


def _backward(draw: Draw) -> Draft:
    """Ask by how much the pictures were enlarged."""
    side, units, factor = draw.one((14, 20, 28, 32)), draw.one((10, 16, 64, 100)), draw.integer(2, 9)
    now, made = (parameter_count(wide**2, units, bias=False) for wide in (side, factor * side))
    return Draft(
        prompt="A dense layer of {units} units on gray pictures of {side} × {side} pixels has {now} weights. For "
        "larger square pictures it needs {made}. How many times as wide are they?",
        facts={"units": units, "side": side, "now": now, "made": made},
        kind="numeric",
        answer=factor,
        mistakes=[
            Mistake(
                "forgot the root",
                factor * factor,
                "That is how many times the pixels have grown; both sides have grown.",
            ),
            Mistake(
                "halved instead of taking the root",
                factor * factor / 2,
                "The weights grow with the square of the side: take the square root.",
            ),
            Mistake(
                "grew exponentially",
                round(float(np.log2(factor * factor)), 2),
                "The weights grow with the square of the side, not exponentially.",
            ),
            Mistake("gave the new side", factor * side, "That is how wide they are now: compare with before."),
            Mistake(
                "forgot the units",
                round((made / now / units) ** 0.5, 2),
                "The units are as many as before: they cancel.",
            ),
        ],
        solution=[
            say(
                "{made} / {now} = {times} times as many weights, so as many times the pixels.",
                made=made,
                now=now,
                times=factor * factor,
            ),
            say("Both sides grow: the square root of {times} is {factor}.", times=factor * factor, factor=factor),
        ],
    )
