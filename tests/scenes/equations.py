"""Equations as they are printed: both sides are computed from the numbers that can be read there."""

import ast
import math
import operator
import re
from contextlib import contextmanager

import manim

from cnnviz.stage.layout import units

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-−]?\d+)?"
_TOKEN = re.compile(rf"({_NUMBER})|([−+×·/÷().])|(-\w+|\w+)|(\S)")
_SIGNS = {"−": "-", "×": "*", "·": "*", ".": "*", "÷": "/"}  # the point in the middle is read back as a point
_OPEN = {*"+−×·/÷=≈"}  # the expression goes on, as far as a column of numbers may be away
_TYPST = (
    (r'#text\(fill: rgb\("[^"]*"\)\)\[\$(.*?)\$\];', r"\1"),
    (r'class\("relation", (\S)\)', r"\1"),
    (r"\bdot\b|\btimes\b", "*"),
    (r"\bslash\b", "/"),
    (r"\^", "**"),
    (r"\bln ([\d.]+)", r"log(\1)"),
    (r"\bdots\b", "…"),
    (r"\+ epsilon\b", ""),
    (r"(?<=[\d)]) \(", " * ("),
)
_KNOWN = {
    "sqrt": math.sqrt,
    "log": math.log,
    "floor": math.floor,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_SLACK = 1e-9


def equations(seen):
    """Equations whose sides are not the same, or that are called equal while only nearly so."""
    for still in seen.pictures:
        for line in lines(still):
            for wrong in unequal(line):
                yield still, wrong
    for line in seen.formulas:
        for wrong in unequal(line, formula_sides):
            yield seen.pictures[-1], wrong


def lines(still):
    """What is written side by side, outside of captions and cells, as one text each."""
    rows = []
    for label in sorted(still.labels, key=lambda label: label.box[0]):
        if label.text and not label.caption and label.owner is None:
            em = units(label.size)
            for row in rows:
                last = row[-1]
                gap = (3.0 if last.text in _OPEN or label.text in _OPEN else 1.2) * em
                if abs(last.center[1] - label.center[1]) < 0.5 * em and -0.1 < label.box[0] - last.box[2] < gap:
                    row.append(label)
                    break
            else:
                rows.append([label])
    return [" ".join(label.text for label in row) for row in rows]


def text_sides(left, right):
    """The expressions that end the one text and begin the other, or None."""
    tokens, others = _tokens(left), _tokens(right)
    last = (_side(tokens[first:]) for first in range(len(tokens)))
    first = (_side(others[:last]) for last in range(len(others), 0, -1))
    return next(filter(None, last), None), next(filter(None, first), None)


def formula_sides(left, right):
    """The expressions that two sources of formulas are, or None."""
    return _side([left]), _side([right])


def unequal(line, sides=text_sides):
    """The pairs of neighboring sides of a line that do not follow from one another."""
    parts = re.split(r"([=≈])", line)
    for left, sign, right in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        a, b = sides(left, right)
        if a and b and (a.is_made or b.is_made) and not agree(a, sign, b):
            yield f"{left.strip()} {sign} {right.strip()}: {a.value:.7g}, {b.value:.7g}"


def agree(a, sign, b):
    """Tell whether two sides are equal, or nearly so if that is said: to the last digit of a number at the right."""
    return abs(a.value - b.value) <= _SLACK * max(1.0, abs(a.value)) or (sign == "≈" and b.reaches(a.value))


class Side:
    """An expression: its value, whether something is computed, and what it may have been before rounding."""

    def __init__(self, source):
        self.source, self.value = source, _compute(source)
        self.is_made = not re.fullmatch(r"[-( ]*[\d.]+(?:e-?\d+)?\)*", source)

    def reaches(self, value):
        """Whether the value is what it would be, had one number in it another next digit."""
        for number in re.finditer(r"[\d.]+(?:e-?\d+)?", self.source):
            text = number.group()
            half = _half(text)
            ends = [f"({float(text) + sign * half!r})" for sign in (-1, 1)]
            low, high = sorted(
                _compute(self.source[: number.start()] + end + self.source[number.end() :]) for end in ends
            )
            if low - _SLACK <= value <= high + _SLACK:
                return True
        return False


def _half(text):
    """Half a unit of the last digit that is printed."""
    mantissa, _, power = text.partition("e")
    return 0.5 * 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))


def _tokens(text):
    """Numbers and signs; a word inside of an expression names the number behind it."""
    found = []
    for number, sign, _, other in _TOKEN.findall(text.replace("%", "")):
        if number:
            found.append(number.replace(",", "").replace("−", "-"))
        elif sign:
            found.append(_SIGNS.get(sign, sign))
        elif other or not found or found[-1] not in "+-*/(":
            found.append("?")
    return found


def _side(tokens):
    try:
        return Side(" ".join(tokens).strip())
    except (ValueError, SyntaxError, ZeroDivisionError):
        return None


def _compute(source):
    return _number(ast.parse(source, mode="eval").body)


def _number(node):
    match node:
        case ast.Constant(value=int() | float()):
            return float(node.value)
        case ast.UnaryOp(op=ast.USub()):
            return -_number(node.operand)
        case ast.BinOp(op=op) if type(op) in _KNOWN:
            return _KNOWN[type(op)](_number(node.left), _number(node.right))
        case ast.Call(func=ast.Name(id=name), args=[argument]) if name in _KNOWN:
            return float(_KNOWN[name](_number(argument)))
    raise ValueError(f"no number: {ast.dump(node)}")


@contextmanager
def typeset():
    """Note the formulas that are set while the block lasts, each chain of equal parts as one line."""
    lines, usual = [], manim.MathTypst

    class Noted(usual):
        def __init__(self, source, **options):
            plain = source
            for pattern, instead in _TYPST:
                plain = re.sub(pattern, instead, plain)
            if plain.strip()[:1] in ("=", "≈") and lines:
                lines[-1] += " " + plain.strip()
            else:
                lines.append(plain)
            super().__init__(source, **options)

    manim.MathTypst = Noted
    try:
        yield lines
    finally:
        manim.MathTypst = usual
