"""What can be typed as an answer, and what is said of what cannot."""

import time
from contextlib import suppress

import pytest

from cnnviz.errors import InputError
from cnnviz.quizzes.answer import LONGEST, read_number, read_rows, with_points

# In English; what may be meant in two ways has both readings, the likelier first.
NUMBERS = {
    "3": 3, " −6 ": -6, "+2": 2, "0.25": 0.25, ".5": 0.5, "7.": 7, "1/3": 0.3333333333, "-3 / 4": -0.75, "1e3": 1000,
    "2E-2": 0.02, "1,234,567": 1234567, "-1,000.5": -1000.5, "1e-400": 0, "007": 7,
}  # fmt: skip

MEANT = {
    "150,528": ((150528, 150.528), (150.528, 150528)),
    "3,09": ((3.09,), (3.09,)),
    "3,090": ((3090, 3.09), (3.09, 3090)),
    "3.090": ((3.09, 3090), (3.09, 3090)),
    "1 234,5": ((1234.5,), (1234.5,)),
    "1\u202f234": ((1234,), (1234,)),
    "1.234.567,5": ((1234567.5,), (1234567.5,)),
    "3,5/2": ((1.75,), (1.75,)),
}
"""What a text may mean in English and in Spanish."""

ROWS = {
    "1,2;3,4": ((1, 2), (3, 4)),
    "1 2\n3 4": ((1, 2), (3, 4)),
    "1, 2; 3, 4;": ((1, 2), (3, 4)),
    "[[1,2],[3,4]]": ((1, 2), (3, 4)),
    "[[1, 2] [3, 4]]": None,
    "((1, 2), (3, 4))": ((1, 2), (3, 4)),
    "[1/2, −3]": (0.5, -3),
    "4 3 1 2": (4, 3, 1, 2),
    "[[5]]": ((5,),),
    "5": (5,),
    "3x8x8": (3, 8, 8),
    "3 × 8 × 8": (3, 8, 8),
    "1;2;3": ((1,), (2,), (3,)),
    "3 × 1,200 × 800": (3, 1200, 800),
    "3 × 1\u202f200 × 1 800": (3, 1200, 1800),
}
COMMAS = {
    "0,5 1; 2 3": ((0.5, 1), (2, 3)),
    "[[0,5; 1]; [2; 3]]": ((0.5, 1), (2, 3)),
    "[0,5; 1; 2,25]": (0.5, 1, 2.25),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_read(text):
    assert read_number(text)[0] == NUMBERS[text]


@pytest.mark.parametrize("text", MEANT)
def test_a_decimal_comma_is_understood(text):
    assert (read_number(text), read_number(text, "es")) == MEANT[text]


@pytest.mark.parametrize("text", [text for text, value in ROWS.items() if value])
def test_rows_are_read(text):
    assert read_rows(text) == ROWS[text]


@pytest.mark.parametrize("text", COMMAS)
def test_a_comma_may_be_a_decimal_mark_in_rows(text):
    assert read_rows(with_points(text)) == COMMAS[text]


NUMBER = "answer: expected a number such as 3, -0.5 or 1/3, got {}; write digits"
NOT_NUMBERS = {
    "": NUMBER.format("nothing"),
    "six": NUMBER.format('"six"'),
    "__import__('os')": NUMBER.format("\"__import__('os')\""),
    "1+1": NUMBER.format('"1+1"'),
    "3,5,7": NUMBER.format('"3,5,7"'),
    "1,23.4": NUMBER.format('"1,23.4"'),
    "1/2/3": NUMBER.format('"1/2/3"'),
    "1/": NUMBER.format('"1/"'),
    "nan": NUMBER.format('"nan"'),
    "inf": NUMBER.format('"inf"'),
    "1_000": NUMBER.format('"1_000"'),
    "٣": NUMBER.format('"٣"'),
    "1e99999999": NUMBER.format('"1e99999999"'),
    "\x1b[31m1": NUMBER.format('"\\x1b[31m1"'),
    "1e999": 'answer: expected a number below 1e308, got "1e999"; write a smaller one',
    "1/0": 'answer: expected something other than 0 below the stroke, got "1/0"; correct it',
    "1/1e-999": 'answer: expected something other than 0 below the stroke, got "1/1e-999"; correct it',
    "1e300/1e-300": 'answer: expected a number below 1e308, got "1e300/1e-300"; write a smaller one',
    "9" * 400: f'answer: expected a number below 1e308, got "{"9" * 13}…{"9" * 26}"; write a smaller one',
}


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_no_number_is_sent_back(text):
    with pytest.raises(InputError) as refused:
        read_number(text)
    assert str(refused.value) == NOT_NUMBERS[text]


BRACKETS = (
    "answer: expected rows such as [[1, 2], [3, 4]], got {}; close each bracket and put commas between the numbers"
)
NOT_ROWS = {
    "": 'answer: expected numbers, got nothing; write rows such as "1,2;3,4"',
    "[[1,2],[3]]": "answer: expected rows of one length, got rows of 2, 1; fill in what is missing",
    "1,2;3": "answer: expected rows of one length, got rows of 2, 1; fill in what is missing",
    "[1,2": BRACKETS.format('"[1,2"'),
    "[[1,2],[3,4]": BRACKETS.format('"[[1,2],[3,4]"'),
    "[1 2]": BRACKETS.format('"[1 2]"'),
    "[[1, 2] [3, 4]]": BRACKETS.format('"[[1, 2] [3, 4]]"'),
    "[1,2]]": BRACKETS.format('"[1,2]]"'),
    "[[[1]]]": BRACKETS.format('"[[[1]]]"'),
    "[1,,2]": BRACKETS.format('"[1,,2]"'),
    "[1,2] + [3]": BRACKETS.format('"[1,2] + [3]"'),
    "[1, [2]]": BRACKETS.format('"[1, [2]]"'),
    "[1, two]": NUMBER.format('"two"'),
    "1,,2": NUMBER.format("nothing"),
    "1/0,2": 'answer: expected something other than 0 below the stroke, got "1/0"; correct it',
    "__import__('os')": NUMBER.format("\"__import__('os')\""),
}


@pytest.mark.parametrize("text", NOT_ROWS)
def test_what_are_no_rows_is_sent_back(text):
    with pytest.raises(InputError) as refused:
        read_rows(text)
    assert str(refused.value) == NOT_ROWS[text]


@pytest.mark.parametrize("read", [read_number, read_rows])
def test_a_long_answer_is_sent_back(read):
    with pytest.raises(InputError) as refused:
        read("1" * (LONGEST + 1))
    assert str(refused.value) == "answer: expected at most 10,000 characters, got 10,001; write the answer alone"


@pytest.mark.parametrize("text", ["[" * LONGEST, "1," * (LONGEST // 2), "1 " * (LONGEST // 2), "1/" * (LONGEST // 2)])
def test_a_hostile_answer_takes_no_more_time_than_its_length(text):
    def seconds(part):
        start = time.perf_counter()
        for read in (read_number, read_rows):
            with suppress(InputError):
                read(part)
        return time.perf_counter() - start

    whole, half = (min(seconds(part) for _ in range(3)) for part in (text, text[: LONGEST // 4]))
    assert whole < 40 * half + 0.01  # four times as long; a square would be 16 times, and more is no grammar of ours
