"""Questions of every kind, as they are and with something hostile in every text."""

import io
from dataclasses import replace
from functools import cache

from PIL import Image

from cnnviz.quizzes import make
from cnnviz.quizzes.model import Choice

SOURCES = (("output-size", 1), ("window-sum", 2), ("convolution-map", 2), ("layer-order", 2), ("softmax", 2))
"""A topic and a difficulty for: a choice, a number, a map, an order, and a row with a tolerance."""


@cache
def questions():
    return tuple(make(topic, seed=3, difficulty=level) for topic, level in SOURCES)


@cache
def png():
    buffer = io.BytesIO()
    Image.new("RGB", (64, 36), (30, 60, 90)).save(buffer, "PNG")
    return buffer.getvalue()


def laced(question, payload):
    """Put a text at the end of every text of a question."""

    def add(value):
        return f"{value} {payload}"

    return replace(
        question,
        topic=add(question.topic),
        title=add(question.title),
        prompt=add(question.prompt),
        given={add(name): value for name, value in question.given.items()} | {add("word"): payload},
        facts={add(name): value for name, value in question.facts.items()},
        steps=tuple(map(add, question.steps)),
        choices=tuple(
            Choice(add(it.text), it.value, it.correct, add(it.mistake), add(it.feedback)) for it in question.choices
        ),
        solution=tuple(map(add, question.solution)),
    )


PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<b>bold</b>",
    "<!-- comment",
    "--> after",
    "<![CDATA[ <b>x</b> ]]>",
    "]]>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&e;",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&",
    "<",
    ">",
    '"',
    "'",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "</p><p>",
    "</td></tr></table><table>",
    "</li><li>",
    "</text></questiontext>",
    "</question><question type='essay'>",
    "</details><details open>",
    "</form><form action=https://example.org>",
    "</style><style>*{display:none}",
    "</title><title>",
    "<meta http-equiv=refresh content=0>",
    "<base href=https://example.org>",
    "<link rel=stylesheet href=https://example.org>",
    "<object data=x>",
    "<math><mtext></p><img src=x>",
    "<template><b>",
    "\x00<\x00b\x00>",
    "\x1b[31mred\x1b[0m",
    "\ud800",
    "\u202ereversed",
    "\u2028line\u2029",
    "line\nbreak\n\n# heading",
    "\r\n\r\n}\r\n",
    "::title::[html]",
    "}\n\n::other::what?{=yes ~no}",
    "{=right ~wrong}",
    "=right ~wrong #feedback ####general",
    "{1:SHORTANSWER:=gap}",
    "{#1:0.5}",
    "\\",
    "\\}",
    "// comment $CATEGORY: x/y",
    "-> 1",
    "# heading *bold* _it_ `code` [x](javascript:alert(1)) ![x](y)",
    "```\n<b>\n```",
    "$x^2$ $$y$$ \\(z\\) \\[w\\]",
    "{{7*7}} ${7*7} <%= 7 %> #{7}",
    "=cmd|'/c calc'!A1",
    "../../etc/passwd",
    "x" * 500,
)
