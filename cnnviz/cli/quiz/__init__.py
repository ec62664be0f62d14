"""``cnnviz quiz``: questions with true answers, in the terminal or for a learning platform."""

import click

from cnnviz.cli.lazy import LazyGroup

__all__ = ["quiz"]

_PLACES = {
    "ask": "cnnviz.cli.quiz.ask:ask",
    "list": "cnnviz.cli.quiz.list:list_topics",
    "export": "cnnviz.cli.quiz.export:export",
}


class _AskingGroup(LazyGroup):
    """A group that asks where no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``ask`` before topics and options."""
        named = bool(args) and args[0] in (*self.places, *ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["ask", *args])


@click.group(cls=_AskingGroup, places=_PLACES, short_help="Ask, or write quizzes for Moodle, Canvas, paper and more.")
def quiz() -> None:
    """Ask questions whose answers are computed; each wrong answer is told what went wrong.

    Without a command the topics that follow are asked about, as `cnnviz quiz ask` does, whose help lists the options.

    \b
    cnnviz quiz
    cnnviz quiz output-size padding-modes --n 5
    cnnviz quiz list
    cnnviz quiz export --format moodle -n 20 --seed 1 -o quiz.xml
    """
