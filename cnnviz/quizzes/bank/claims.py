"""Claims that are often printed, and what is true."""

from functools import cache

from cnnviz.engine import output_shape, parameter_count
from cnnviz.nn import parse_network, zoo
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@cache
def _claims() -> dict[str, tuple[str, str, str]]:
    """Give for each subject what is true, what is often said instead, and why that is wrong."""
    (out,) = output_shape(32, 3, stride=2, padding=1)
    rgb = parameter_count(3, 1, 3)
    dense, cnn = (zoo.find("quiz", name).build().parameter_count for name in ("dense", "cnn"))
    start, network = parse_network("32x13x13 > conv 64 k3")
    depth, rows, columns = network.output_shape(start)
    full = parameter_count(32 * 13 * 13, depth * rows * columns)
    return {
        "dense layers": (
            "The weights of a dense layer grow with the square of the picture's side.",
            "The weights of a dense layer grow exponentially with the picture's side.",
            "Twice the side is four times the pixels and four times the weights: quadratic, not exponential.",
        ),
        "depth": (
            "A gray picture has depth 1, an RGB picture depth 3.",
            "A gray picture has depth 3, an RGB picture depth 1.",
            "Gray is one number for each pixel; red, green and blue are three.",
        ),
        "output size": (
            say(
                "A map of 32 cells under a 3-cell kernel with padding 1 and stride 2 becomes {out} cells long.", out=out
            ),
            say(
                "A map of 32 cells under a 3-cell kernel with padding 1 and stride 2 becomes {out}.5 cells long.",
                out=out,
            ),
            "A window fits or it does not: the formula rounds down.",
        ),
        "flattening": (
            "Flattening has no parameters; it only puts activations into one row.",
            "Flattening a 64 × 4 × 4 stack adds 1,024 parameters.",
            "1,024 is the number of activations that pass through; nothing is learned there.",
        ),
        "weight sharing": (
            say(
                "Sharing weights shrinks a layer by up to {full_by_32} times, but a whole small "
                "network perhaps by {dense_by_cnn} times only.",
                full_by_32=round(full / parameter_count(32, 64, 3)),
                dense_by_cnn=round(dense / cnn, 2),
            ),
            "Sharing weights makes every network thousands of times smaller than a dense one.",
            say(
                "Most of a network's weights may lie in its dense layers: {dense} against {cnn} in the lecture's pair.",
                dense=dense,
                cnn=cnn,
            ),
        ),
        "equivariance": (
            "Convolution is equivariant to shifts: the map moves with the picture.",
            "Convolution is invariant to shifts: the map stays when the picture moves.",
            "The map moves along; only pooling makes part of that unnoticed.",
        ),
        "the flip": (
            "A convolution layer does not flip its kernel; scipy's convolve does.",
            "A convolution layer flips its kernel, as scipy's convolve does.",
            "A layer computes a cross-correlation: the kernel lies on the window as it is drawn.",
        ),
        "the gradient of the input": (
            "The gradient of a convolution's input is a full convolution with the flipped kernel if the stride is 1.",
            "The gradient of a convolution's input is a convolution with the flipped kernel for any stride, unpadded.",
            "It needs full padding, and for a larger stride zeros between the cells of the gradient.",
        ),
        "the gradient of pooling": (
            "Where pooling windows overlap, the gradients of a cell add up.",
            "Where pooling windows overlap, a cell keeps the gradient of the last window.",
            "Each window that the cell won gives its gradient: they add up.",
        ),
        "ResNet": (
            "The ResNet paper's problem was degradation: deeper plain networks trained to a larger training error.",
            "The ResNet paper's problem was vanishing gradients, which kept deep networks from training at all.",
            "Normalization had dealt with vanishing gradients, says the paper; the training error itself got "
            "worse with depth.",
        ),
        "VGG-16": (
            "VGG-16 stops doubling its filters at 512.",
            "VGG-16 doubles its filters in each of its five blocks, up to 1,024.",
            "The five blocks have 64, 128, 256, 512 and 512 filters.",
        ),
        "filters": (
            say(
                "A 3 × 3 filter on an RGB picture has {rgb_less_1} weights and {rgb} parameters.",
                rgb_less_1=rgb - 1,
                rgb=rgb,
            ),
            "A 3 × 3 filter on an RGB picture has 9 weights and 10 parameters.",
            "A filter has a slice of weights for each channel, and one bias.",
        ),
    }


@topic("claims", chapter=12, title="What is true?")
def claims(draw: Draw) -> Draft:
    """Ask for the one true claim among false ones, or at level 3 for the one false claim."""
    table = _claims()
    first, *others = draw.some(tuple(table), draw.by_level(4, 5, 5))
    true, false, why = table[first]
    if draw.level < 3:
        return Draft(
            prompt="Which of these claims is true?",
            answer=true,
            right=say("It is true. {why}", why=why),
            mistakes=[
                Mistake(
                    f"believed a false claim about {other}",
                    table[other][1],
                    say("{why} {true}", why=table[other][2], true=table[other][0]),
                )
                for other in others
            ],
            solution=[true, why],
        )
    return Draft(
        prompt="Which of these claims is false?",
        answer=false,
        right=say("It is false. {why}", why=why),
        mistakes=[
            Mistake(
                f"doubted a true claim about {other}", table[other][0], say("This is true. {why}", why=table[other][2])
            )
            for other in others
        ],
        solution=[say("True is: {true}", true=true), why],
    )
