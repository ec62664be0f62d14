"""How the cost of a dense layer grows with the picture."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("resolution-growth", chapter=1, title="Larger pictures, larger layers")
def resolution_growth(draw: Draw) -> Draft:
    """Ask how many weights are needed when the side of a picture grows."""
    side = draw.by_level(draw.integer(2, 5), draw.integer(4, 10), draw.one((14, 28, 56)))
    factor = draw.by_level(draw.integer(2, 3), draw.integer(2, 4), draw.integer(2, 8))
    units = draw.by_level(draw.integer(2, 5), draw.integer(5, 20), draw.one((16, 64, 100, 512)))
    now = parameter_count(side * side, units, bias=False)
    answer = parameter_count((factor * side) ** 2, units, bias=False)
    return Draft(
        prompt="A dense layer of {units} units reads gray pictures of {side} × {side} pixels with {now} weights. The "
        "pictures become {factor} times as wide and {factor} times as high. How many weights does the layer need now?",
        facts={"units": units, "side": side, "now": now, "factor": factor},
        kind=draw.by_level("choice", "numeric", "numeric"),
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
