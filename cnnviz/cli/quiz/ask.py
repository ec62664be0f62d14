"""``cnnviz quiz ask``: questions and answers in lines of text, with a terminal or without."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import click

from cnnviz.cli.options import talk_options
from cnnviz.cli.quiz.choosing import choose, choosing_options, complete_topic
from cnnviz.cli.session import Session, pass_session

if TYPE_CHECKING:
    from cnnviz.quizzes import Grade, Question

__all__ = ["ask"]

HINTS = {
    "choice": "Your answer (a letter): ",
    "numeric": "Your answer (a number such as 3, -0.5 or 1/3): ",
    "array": "Your answer (rows such as 1,2;3,4): ",
    "order": "Your answer (the numbers in order, such as 2,1,3): ",
}


@dataclass(frozen=True)
class Answered:
    """A question, what was typed, and what that is worth; nothing typed is None."""

    question: Question
    answer: str | None = None
    grade: Grade | None = None


@click.command(short_help="Ask in the terminal.")
@click.argument("topics", metavar="[TOPIC]...", nargs=-1, shell_complete=complete_topic)
@choosing_options(10)
@click.option("--json", "as_json", is_flag=True, help="Questions, answers and grades as JSON; the talk goes to stderr.")
@talk_options
@pass_session
def ask(session: Session, /, topics: tuple[str, ...], as_json: bool, **how: Any) -> None:
    """Ask questions on TOPICs, or on everything, and keep the score.

    Answers are letters, numbers and fractions, rows as 1,2;3,4 or [[1,2],[3,4]], or an order as 2,1,3. An empty line
    passes, q ends. Without a terminal, each line of the input is an answer.

    \b
    cnnviz quiz ask
    cnnviz quiz ask output-size padding-modes -n 5 --seed 7
    cnnviz quiz ask --chapter 4 --difficulty 2
    cnnviz quiz ask receptive-field -n 2 --seed 1 --json < answers.txt
    """
    from cnnviz.quizzes.saying import say, spoken

    questions = choose(topics, quiet=session.quiet, **how)
    language = questions[0].language
    answered: list[Answered] = []
    try:
        for number, question in enumerate(questions, 1):
            heading = say("{number} of {all}  {title}", number=number, all=len(questions), title=question.title)
            _show(f"\n{click.style(spoken(heading, language), bold=True)}", as_json)
            _show(_statement(question), as_json)
            given = _answer(question, as_json)
            if given is None:
                break
            answered.append(given)
            _show("\n".join(f"  {line}" for line in question.solution), as_json)
    finally:  # also after Ctrl-C
        told = {"score": round(_score(answered), 2), "answered": len(answered), "all": len(questions)}
        total = say("Score: {score} of {answered} answered, {all} asked for", **told)
        _show(f"\n{spoken(total, language)}", as_json)
        if as_json:
            click.echo(_json(questions, answered))


def _show(text: str, as_json: bool) -> None:
    click.echo(text, err=as_json)


def _statement(question: Question) -> str:
    """Write a question as its text says it, arrays in columns."""
    from cnnviz.quizzes.model import LETTERS
    from cnnviz.quizzes.value import rows_text

    lines = [question.prompt]
    lines += [rows_text(name, value, question.language) for name, value in question.given.items()]
    lines += [f"  {place}. {step}" for place, step in enumerate(question.steps, 1)]
    if question.kind == "choice":
        lines += [f"  {letter}) {choice.text}" for letter, choice in zip(LETTERS, question.choices, strict=False)]
    return "\n".join(lines)


def _answer(question: Question, as_json: bool) -> Answered | None:
    """Ask until an answer can be read; None ends the quiz."""
    from cnnviz.quizzes import grade
    from cnnviz.quizzes.saying import say, spoken

    def told(text: str) -> str:
        return spoken(text, question.language)

    while True:
        line = _line(told(HINTS[question.kind]), as_json)
        if line is None or line.strip().lower() in ("q", "quit"):
            return None
        if not line.strip():
            _show(told(say("Passed. The answer is {right}.", right=_right(question))), as_json)
            return Answered(question)
        given = grade(question, line)
        if given.understood:
            verdict = (
                click.style(told("Right."), fg="green")
                if given.correct
                else click.style(told("Not quite."), fg="yellow")
            )
            _show(f"{verdict} {given.feedback}", as_json)
            if not given.correct:
                _show(told(say("The answer is {right}.", right=_right(question))), as_json)
            return Answered(question, line.strip(), given)
        _show(given.feedback, as_json)


def _line(prompt: str, as_json: bool) -> str | None:
    """Read a line from a person or from a file; None at the end."""
    if not sys.stdin.isatty():
        return sys.stdin.readline() or None
    try:
        if as_json:
            click.echo(prompt, nl=False, err=True)
            return input()
        return input(prompt)
    except EOFError:
        return None


def _right(question: Question) -> str:
    return next(choice.text for choice in question.choices if choice.correct)


def _score(answered: list[Answered]) -> float:
    return sum(given.grade.score for given in answered if given.grade)


def _json(questions: list[Question], answered: list[Answered]) -> str:
    rows = [*answered, *map(Answered, questions[len(answered) :])]
    return json.dumps(
        {
            "score": _score(answered),
            "answered": len(answered),
            "questions": [
                {
                    **row.question.to_dict(),
                    "given_answer": row.answer,
                    "grade": asdict(row.grade) if row.grade else None,
                }
                for row in rows
            ],
        },
        indent=2,
        ensure_ascii=False,
        allow_nan=False,
    )
