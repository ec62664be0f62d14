"""What is left to train when most of a network is frozen."""

from cnnviz.nn import parse_network
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("transfer", chapter=8, title="Transfer learning")
def transfer(draw: Draw) -> Draft:
    """Count the parameters that are trained when the features are frozen and the head is new."""
    side = draw.by_level(8, 16, 32)
    filters = draw.one(draw.by_level((2, 4, 5), (8, 16), (16, 32, 64)))
    features = draw.one(draw.by_level((5, 10), (10, 20, 32), (50, 64, 128)))
    old, new = draw.one(draw.by_level((4, 6), (10, 20), (100, 1000))), draw.integer(2, 9)
    text = f"1x{side}x{side} > conv {filters} k3 p1 > relu > pool 2 > flatten > dense {features} > relu > dense "
    before, after = (parse_network(f"{text}{n}")[1] for n in (old, new))
    parts = [row.parameters for row in after.summary((1, side, side)).rows if row.parameters]
    old_head = before.summary((1, side, side)).rows[-1].parameters
    conv, dense, head = parts
    tuned = draw.level == 3
    answer = head + dense if tuned else head
    frozen = "the convolution is" if tuned else "the convolution and the first dense layer are"
    return Draft(
        prompt="A network trained for {old} classes has a convolution with {filters} filters of 3 × 3 on one channel "
        "({conv} parameters), then a dense layer from {inputs} to {features} features, and a dense layer from these to "
        "the classes. For a task with {new} classes the last layer is replaced by a new one; {frozen} frozen. How many "
        "parameters are trained, biases included?",
        facts={
            "old": old,
            "new": new,
            "filters": filters,
            "features": features,
            "conv": conv,
            "inputs": filters * (side // 2) ** 2,
            "frozen": frozen,
        },
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=answer,
        mistakes=[
            Mistake("trained everything", sum(parts), "What is frozen is not trained: leave it out."),
            Mistake(
                "kept the old head",
                answer - head + old_head,
                say("The new layer has an output for each of the {new} new classes.", new=new),
            ),
            Mistake(
                "forgot the biases",
                answer - new - (features if tuned else 0),
                "Those are the weights alone: each output also has a bias.",
            ),
            Mistake("counted what is frozen", sum(parts) - answer, "That is what stays; the rest is trained."),
            Mistake(
                "froze too much" if tuned else "trained the dense layer, too",
                head if tuned else head + dense,
                say("Here {frozen} frozen, nothing else.", frozen=frozen),
            ),
            Mistake("added a head", answer + old_head, "The old head is replaced: its parameters are gone."),
            Mistake("counted the classes", new, "Each class has a weight for each feature, and a bias."),
        ],
        solution=[
            say(
                "New head: {features} × {new} weights and {new} biases: {head}.", features=features, new=new, head=head
            ),
            *([say("The dense layer before it is trained, too: {dense} parameters.", dense=dense)] if tuned else []),
            say("Trained: {answer} of {parts}.", answer=answer, parts=sum(parts)),
        ],
    )
