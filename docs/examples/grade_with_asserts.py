"""Grade a student's own convolution with plain asserts: any autograder that runs Python can run this file.

The numbers are drawn from a seed, so each student can get other ones; the answers come from the engine.
"""

import numpy as np

from cnnviz.engine import conv2d, max_pool2d
from cnnviz.quizzes import grade, make_quiz


# What a student hands in.
def my_convolution(picture, kernel):
    """Slide the kernel over the picture, without padding."""
    rows, columns = (picture.shape[axis] - kernel.shape[axis] + 1 for axis in (0, 1))
    output = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            output[row, column] = (
                picture[row : row + kernel.shape[0], column : column + kernel.shape[1]] * kernel
            ).sum()
    return output


my_answers = ["12", "30", "A"]  # to the three questions below


# What the teacher checks.
def check_the_function(convolution, seed):
    """Compare with the engine on pictures of several sizes, and tell the usual mistakes apart."""
    random = np.random.default_rng(seed)
    for side in (3, 5, 8):
        picture = random.integers(0, 10, (side, side)).astype(float)
        kernel = random.integers(-2, 3, (3, 3)).astype(float)
        right = conv2d(picture[None, None], kernel[None, None])[0, 0]
        flipped = conv2d(picture[None, None], kernel[None, None, ::-1, ::-1])[0, 0]
        result = np.asarray(convolution(picture, kernel))
        assert result.shape == right.shape, f"a {side}x{side} picture has {right.shape} windows, got {result.shape}"
        assert not np.array_equal(result, flipped) or np.array_equal(flipped, right), "the kernel was flipped"
        assert np.allclose(result, right), f"wrong numbers for {picture.tolist()} and {kernel.tolist()}"


def check_the_answers(answers, seed):
    """Add up the scores, and collect what to tell the student."""
    questions = make_quiz(["output-size", "conv-parameters", "max-pool"], n=3, seed=seed)
    grades = [grade(question, answer) for question, answer in zip(questions, answers, strict=True)]
    return sum(given.score for given in grades), [given.feedback for given in grades]


if __name__ == "__main__":
    check_the_function(my_convolution, seed=7)
    score, feedback = check_the_answers(my_answers, seed=7)
    pooled = max_pool2d(my_convolution(np.eye(6), np.ones((3, 3)))[None, None], 2)
    assert pooled.shape == (1, 1, 2, 2), "the engine takes what numpy code hands over"
    print(f"function right; answers: {score:g} of 3")
    print(*feedback, sep="\n")
