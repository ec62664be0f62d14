"""A test file for otter-grader, in the format of OK: the cases are doctests that see the student's names.

Put it into the assignment's ``tests`` folder; it checks a function ``my_pool(picture)``, max pooling 2 x 2.
"""

OK_FORMAT = True

test = {
    "name": "q1",
    "points": 2,
    "suites": [
        {
            "type": "doctest",
            "scored": True,
            "setup": "",
            "teardown": "",
            "cases": [
                {
                    "code": r"""
                    >>> import numpy as np
                    >>> from cnnviz.quizzes import grade, make
                    >>> question = make("max-pool", seed=1)
                    >>> grade(question, my_pool(np.array(question.given["X"]))).correct
                    True
                    """,
                    "hidden": False,
                    "locked": False,
                },
                {
                    "code": r"""
                    >>> from cnnviz.engine import max_pool2d
                    >>> pictures = np.random.default_rng(3).normal(size=(5, 8, 8))
                    >>> all(np.allclose(my_pool(x), max_pool2d(x[None, None], 2)[0, 0]) for x in pictures)
                    True
                    """,
                    "hidden": True,
                    "locked": False,
                },
            ],
        }
    ],
}
