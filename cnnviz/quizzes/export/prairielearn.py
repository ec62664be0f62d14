"""PrairieLearn: a folder of questions, each with a ``server.py`` that makes new numbers for every student.

The course's grader image needs cnnviz. Numbers, maps and orders are typed and graded by `cnnviz.quizzes.grade`, with
feedback for each mistake; choices are PrairieLearn's own.
"""

from __future__ import annotations

import json
from importlib import resources
from uuid import UUID, uuid5

from cnnviz.quizzes.export.item import Item, Quiz
from cnnviz.quizzes.export.qti import packed

SPACE = UUID("6f6c1f57-1d0b-4d5a-9a55-2f0d1f0a7e11")
CHOICE = """<pl-question-panel>{{{params.statement}}}</pl-question-panel>
<pl-multiple-choice answers-name="answer" fixed-order="true">
  {{#params.choices}}<pl-answer correct="{{correct}}" feedback="{{feedback}}">{{{html}}}</pl-answer>{{/params.choices}}
</pl-multiple-choice>
"""
TYPED = """<pl-question-panel>{{{params.statement}}}</pl-question-panel>
<pl-string-input answers-name="answer" label="{{params.label}}" remove-spaces="false"></pl-string-input>
<pl-submission-panel>{{feedback.answer}}</pl-submission-panel>
"""
ANSWER = "<pl-answer-panel>{{{params.solution}}}</pl-answer-panel>\n"


def write(quiz: Quiz) -> bytes:
    """Write a zip of a course's ``questions`` folder: one question for each topic and difficulty."""
    program = resources.files(__package__).joinpath("prairielearn_server.txt").read_bytes()
    data: dict[str, bytes] = {}
    for item in quiz.items:
        question = item.question
        folder = f"questions/{question.topic}-{question.difficulty}"
        typed = question.kind != "choice"
        data[f"{folder}/info.json"] = _json(_info(item, quiz))
        data[f"{folder}/question.html"] = ((TYPED if typed else CHOICE) + ANSWER).encode()
        asks = {"topic": question.topic, "difficulty": question.difficulty, "language": question.language}
        data[f"{folder}/asks.json"] = _json(asks)
        data[f"{folder}/server.py"] = program
    return packed(data)


def _info(item: Item, quiz: Quiz) -> dict[str, object]:
    question = item.question
    name = f"{question.topic}-{question.difficulty}-{question.language}"
    return {
        "uuid": str(uuid5(SPACE, name)),
        "title": question.title,
        "topic": quiz.title,
        "tags": [tag.replace(" ", "-") for tag in item.tags],
        "type": "v3",
    }


def _json(value: object) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"
