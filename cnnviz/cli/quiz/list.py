"""``cnnviz quiz list``: what can be asked about."""

import json
from itertools import groupby

import click

from cnnviz.cli.options import talk_options

__all__ = ["list_topics"]


@click.command("list", short_help="List the topics.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@talk_options
def list_topics(as_json: bool) -> None:
    """List the topics, chapter by chapter.

    \b
    cnnviz quiz list
    cnnviz quiz list --json
    """
    from cnnviz.quizzes import topics

    every = topics().values()
    if as_json:
        rows = [{"name": topic.name, "chapter": topic.chapter, "title": topic.title} for topic in every]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    width = max(len(topic.name) for topic in every)
    for chapter, members in groupby(every, key=lambda topic: topic.chapter):
        click.echo(f"Chapter {chapter}")
        for topic in members:
            click.echo(f"  {topic.name:{width}}  {topic.title}")
