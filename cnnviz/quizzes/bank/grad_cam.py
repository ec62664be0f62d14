"""The arithmetic of Grad-CAM."""

import numpy as np

from cnnviz.engine import global_avg_pool, relu
from cnnviz.quizzes.batch import batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import listed, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("grad-cam", chapter=10, title="Grad-CAM")
def grad_cam(draw: Draw) -> Draft:
    """Ask for the weights of the channels, or from level 2 for the map of where the network looks."""
    channels = draw.by_level(2, 2, 3)
    gradients = batch([np.array(draw.rows(2, 2, -4, 6)) for _ in range(channels)])
    # The last cell makes each average a whole number.
    gradients[..., 1, 1] -= gradients.sum(axis=(2, 3)) % 4
    maps = batch([draw.rows(2, 2, 0, 5) for _ in range(channels)])
    weights = global_avg_pool(gradients)[0].reshape(-1)
    names = {f"G{c}": gradients[0, c] for c in range(channels)}
    if draw.level == 1:
        return Draft(
            prompt="For a class, G0 and G1 are the gradients of its score with respect to two feature maps. Which "
            "weights does "
            "Grad-CAM give the two maps?",
            given=names,
            answer=weights,
            mistakes=[
                Mistake(
                    "added up", gradients.sum(axis=(2, 3))[0], "The weight is the average of the gradients: divide."
                ),
                Mistake(
                    "took the greatest", gradients.max(axis=(2, 3))[0], "The weight is the average, not the maximum."
                ),
                Mistake("applied ReLU", relu(weights), "ReLU comes at the end, on the map; weights may be negative."),
                Mistake("dropped the signs", np.abs(weights), "A negative weight speaks against the class: keep it."),
                Mistake("turned them around", -weights, "The weight has the sign of the average gradient."),
                Mistake("took the first cell", gradients[0, :, 0, 0], "All cells of a map count: average them."),
            ],
            solution=[
                say("Map {c}: the average of {gradients} is {weight}.", c=c, gradients=gradients[0, c], weight=weight)
                for c, weight in enumerate(weights)
            ],
            right="Each weight is the average gradient of its map.",
        )
    total = np.tensordot(weights, maps[0], 1)
    answer = relu(total)
    return Draft(
        prompt="For a class, {gradients} are the gradients of its score with respect to the feature maps {maps}. "
        "Which map does Grad-CAM make, before it is scaled?",
        given={**{f"A{c}": maps[0, c] for c in range(channels)}, **names},
        facts={
            "gradients": listed(names),
            "maps": listed(f"A{c}" for c in range(channels)),
        },
        kind="array",
        answer=answer,
        mistakes=[
            Mistake("forgot the ReLU", total, "Negative numbers speak for other classes: ReLU makes them 0."),
            Mistake(
                "did not average the gradients",
                relu((gradients[0] * maps[0]).sum(axis=0)),
                "Each map has one weight: the average of its gradients.",
            ),
            Mistake("forgot the weights", maps[0].sum(axis=0), "Each map is multiplied by its weight."),
            Mistake(
                "applied ReLU to the weights",
                np.tensordot(relu(weights), maps[0], 1),
                "Negative weights count, too: ReLU comes after the sum.",
            ),
            Mistake("averaged the maps", (answer / channels).round(3), "The weighted maps are added up, not averaged."),
            Mistake("dropped the signs", np.abs(total), "ReLU makes negative numbers 0."),
            Mistake("added the gradients up", relu(total * 4), "The weight is the average of the gradients."),
        ],
        solution=[
            *(say("Weight of A{c}: {weight}.", c=c, weight=weight) for c, weight in enumerate(weights)),
            say("Weighted and added up: {total}.", total=total),
            say("ReLU: {answer}.", answer=answer),
        ],
    )
