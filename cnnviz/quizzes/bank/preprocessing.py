"""What a network reads of a picture: its numbers scaled, centered and spread."""

import numpy as np

from cnnviz.quizzes.batch import typed
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic

FIFTHS = (0, 51, 102, 153, 204)
PEAK = 255


@topic("preprocessing", chapter=1, title="Before the network")
def preprocessing(draw: Draw) -> Draft:
    """Ask what a network reads: of pixels, of the empty cells of a letterbox, and back to the pixels."""
    mean, spread = draw.one((0.4, 0.5, 0.6)), draw.one((0.2, 0.25, 0.4))
    if draw.level == 2:
        return _letterbox(draw, mean, spread)
    pixels = np.array(draw.some([PEAK, *draw.some(FIFTHS, 3)], 4), float).reshape(2, 2)
    unit = pixels / PEAK
    read = ((unit - mean) / spread).round(4) + 0.0
    scene = Scene("ch01-s06-before-the-network", _options(pixels, 2, mean, spread))
    facts = {"mean": mean, "spread": spread}
    steps = [
        say("Divided by 255: {unit}.", unit=unit.round(4)),
        say("Less the mean: {less}.", less=(unit - mean).round(4)),
        say("Divided by the standard deviation: {read}.", read=read),
    ]
    if draw.level == 3:
        return Draft(
            prompt="A network reads Z from a picture: pixels from 0 to 255 were divided by 255, the mean {mean} was "
            "taken away, and the rest was divided by the standard deviation {spread}. Which pixels was it?",
            given={"Z": read},
            facts=facts,
            kind="array",
            answer=pixels,
            mistakes=[
                Mistake("forgot the mean", (read * spread * PEAK).round(4), "Add the mean before multiplying by 255."),
                Mistake("forgot to multiply by 255", unit.round(4), "These numbers lie between 0 and 1: times 255."),
                Mistake(
                    "went back in the wrong order",
                    ((read + mean) * spread * PEAK).round(4),
                    "Undo the last step first: multiply by the standard deviation, then add the mean.",
                ),
                Mistake(
                    "divided once more",
                    ((read / spread + mean) * PEAK).round(4),
                    "The way back multiplies by the standard deviation.",
                ),
            ],
            solution=[
                say("Times the standard deviation: {less}.", less=(unit - mean).round(4)),
                say("Plus the mean: {unit}.", unit=unit.round(4)),
                say("Times 255: {pixels}.", pixels=pixels),
            ],
            scene=scene,
        )
    return Draft(
        prompt="Pixels X from 0 to 255 are divided by 255; then the mean {mean} is taken away, and the rest is divided "
        "by the standard deviation {spread}. What does the network read?",
        given={"X": pixels},
        facts=facts,
        answer=read,
        mistakes=[
            Mistake("forgot the mean", (unit / spread).round(4), "Take the mean away before dividing by the spread."),
            Mistake("forgot the spread", (unit - mean).round(4), "Divide by the standard deviation at the end."),
            Mistake("multiplied by the spread", ((unit - mean) * spread).round(4), "Divide by it instead."),
            Mistake(
                "divided before taking the mean away",
                (unit / spread - mean).round(4),
                "First take the mean away, then divide.",
            ),
            Mistake("forgot to divide by 255", ((pixels - mean) / spread).round(4), "First bring pixels to 0 to 1."),
        ],
        solution=steps,
        scene=scene,
    )


def _letterbox(draw: Draw, mean: float, spread: float) -> Draft:
    """Ask what stands in the empty cells of a letterbox."""
    pixels = np.array(draw.some([PEAK, *(draw.one(FIFTHS) for _ in range(7))], 8), float).reshape(2, 4)
    answer = round((0 - mean) / spread, 4)
    return Draft(
        prompt="A picture X of 2 × 4 pixels stands as a letterbox in 4 × 4 cells, the empty ones are 0. All are "
        "divided by 255; then the mean {mean} is taken away, and the rest is divided by the standard deviation "
        "{spread}. What does the network read in an empty cell?",
        given={"X": pixels},
        facts={"mean": mean, "spread": spread},
        kind="numeric",
        answer=answer,
        mistakes=[
            Mistake("left it empty", 0, "The empty cells are centered like all others: 0 less the mean is not 0."),
            Mistake("forgot the spread", -mean, "Divide by the standard deviation, too."),
            Mistake("forgot the sign", -answer, "0 less the mean is below 0."),
            Mistake("multiplied by the spread", round(-mean * spread, 4), "Divide by it instead."),
        ],
        solution=[
            say("0 / 255 = 0. Less the mean: {less}.", less=-mean),
            say("Divided by {spread}: {answer}.", spread=spread, answer=answer),
        ],
        scene=Scene("ch01-s06-before-the-network", _options(pixels, 4, mean, spread, fit="letterbox")),
    )


def _options(pixels: np.ndarray, size: int, mean: float, spread: float, **more: str) -> dict[str, str | int]:
    return {"image": typed(pixels.tolist()), "size": size, "mean": f"{mean:g}", "spread": f"{spread:g}", **more}
