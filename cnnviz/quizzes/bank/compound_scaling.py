"""What a deeper, a wider network and a finer picture cost."""

from cnnviz.engine import macs
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import Said, say
from cnnviz.quizzes.topic import Draft, Mistake, topic

LAYERS, CHANNELS, SIDE = 10, 100, 100
"""Of the network that is scaled; tenths and hundredths of each are whole."""


@topic("compound-scaling", chapter=9, title="Deeper, wider, finer")
def compound_scaling(draw: Draw) -> Draft:
    """Ask for the growth of the work when a network is scaled one way or three, or for what was scaled."""
    if draw.level == 3:
        return _backward(draw)
    if draw.level == 1:
        question = "How many times as many multiplications does it do?"
        way, times = draw.one(("depth", "width", "side")), draw.one((2, 3, 4, 5, 6, 7, 8))
        depth, width, side = (float(times) if way == name else 1.0 for name in ("depth", "width", "side"))
        how = _how(way, times)
    else:
        question = "How many times as many multiplications does it do? Round to two decimals."
        depth, width, side = (draw.one(tuple(n / 20 for n in (22, 24, 26, 28, 30))) for _ in range(3))
        how = say(
            "{depth} times as deep, {width} times as wide, and its picture {side} times as large a side",
            depth=depth,
            width=width,
            side=side,
        )
    answer = round(_growth(depth, width, side), 2)
    return Draft(
        prompt="A network of 3 × 3 convolutions is made {how}. {note} {question}",
        facts={"how": how, "note": NOTE, "question": question},
        kind=draw.by_level("choice", "numeric"),
        tolerance=0.0 if draw.level == 1 else 0.0051,
        answer=answer,
        mistakes=[
            Mistake(
                "multiplied once each",
                round(depth * width * side, 2),
                "Width and side count twice: channels in and out, rows and columns.",
            ),
            Mistake(
                "squared the depth",
                round((depth * width * side) ** 2, 2),
                "Twice the layers are twice the work: depth counts once.",
            ),
            Mistake(
                "forgot the channels read",
                round(depth * width * side**2, 2),
                "A wider layer also reads more channels: width counts twice.",
            ),
            Mistake(
                "forgot the columns",
                round(depth * width**2 * side, 2),
                "A picture has rows and columns: its side counts twice.",
            ),
            Mistake(
                "counted the parameters",
                round(depth * width**2, 2),
                "That is how the weights grow; each of them is used at every place of a larger picture.",
            ),
            Mistake("added up", round(depth + width**2 + side**2 - 2, 2), "The three factors are multiplied."),
            Mistake(
                "cubed it",
                round(depth**3 * width**3 * side**3, 2),
                "Depth counts once, width and side twice: nothing counts three times.",
            ),
        ],
        solution=[
            say("Work: layers × channels² × side² × 9."),
            say("{depth} × {width}² × {side}² = {answer}.", depth=depth, width=width, side=side, answer=answer),
        ],
    )


NOTE = "Every layer reads and makes the same number of channels, and no layer changes the size."


def _how(way: str, times: int) -> Said:
    if way == "depth":
        return say("{times} times as deep", times=times)
    if way == "width":
        return say("{times} times as wide", times=times)
    return say("fit for pictures with {times} times as large a side", times=times)


def _growth(depth: float, width: float, side: float) -> float:
    """Count both networks."""
    return _work(depth, width, side) / _work(1, 1, 1)


def _work(depth: float, width: float, side: float) -> int:
    channels, pixels = round(CHANNELS * width), round(SIDE * side)
    return round(LAYERS * depth) * macs(channels, channels, 3, (pixels, pixels))


def _backward(draw: Draw) -> Draft:
    """Ask how large the picture became."""
    depth, width, ratio = draw.one((2, 3, 4)), draw.one((1, 2, 3)), draw.one((1.25, 1.5, 2.0, 2.5, 3.0))
    before = draw.one((64, 128, 160, 224, 256))
    after, made = round(before * ratio), round(_growth(depth, width, ratio), 4)
    rest = ratio * ratio
    return Draft(
        prompt="A network of 3 × 3 convolutions on pictures of {before} × {before} is made {depth} times as deep and "
        "{width} times as wide, and its pictures become larger, too. {note} It now does {made} times as many "
        "multiplications. How many pixels does a side of its pictures have now?",
        facts={"before": before, "depth": depth, "width": width, "note": NOTE, "made": made},
        kind="numeric",
        answer=after,
        mistakes=[
            Mistake("forgot the root", round(before * rest, 2), "Rows and columns both grow: take the root."),
            Mistake("left the side as it was", before, "Depth and width alone do not make so much more work."),
            Mistake(
                "counted the width once",
                round(before * (rest * width) ** 0.5, 2),
                "A wider layer makes more channels and reads more: width counts twice.",
            ),
            Mistake("forgot the depth", round(before * (rest * depth) ** 0.5, 2), "The layers added do work, too."),
            Mistake(
                "took it all for the side",
                round(before * made**0.5, 2),
                "Part of the work comes from depth and width: divide by these first.",
            ),
            Mistake(
                "forgot root and depth", round(before * rest * depth, 2), "Divide by the depth, then take the root."
            ),
            Mistake("squared the depth", round(before * (rest / depth) ** 0.5, 2), "Depth counts once."),
        ],
        solution=[
            say(
                "Without depth and width: {made} / ({depth} × {width}²) = {rest}.",
                made=made,
                depth=depth,
                width=width,
                rest=rest,
            ),
            say(
                "That is the square of {ratio}: {before} × {ratio} = {after}.", ratio=ratio, before=before, after=after
            ),
        ],
    )
