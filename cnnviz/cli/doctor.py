"""``cnnviz doctor``: what this machine has, what it lacks, and the remedy."""

from __future__ import annotations

import json

import click

from cnnviz.cli.health import CHECKS, Finding, examine
from cnnviz.cli.options import talk_options

__all__ = ["doctor"]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@talk_options
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Try everything cnnviz needs and say what is missing. Exit code 1 if something is.

    \b
    cnnviz doctor
    """
    findings = [examine(check) for check in CHECKS]
    if as_json:
        click.echo(json.dumps([finding.__dict__ for finding in findings], indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(text(finding))
    context.exit(not all(finding.ok for finding in findings))


def text(finding: Finding) -> str:
    """Write a finding as a line, and its remedy below it.

    Examples
    --------
    >>> print(text(Finding("typst", False, "No module named 'typst'", "pip install typst")))
    MISSING  typst      No module named 'typst'
             remedy:    pip install typst
    """
    line = f"{'ok' if finding.ok else 'MISSING':8} {finding.name:10} {finding.detail}"
    return line if finding.ok else f"{line}\n{'':8} {'remedy:':10} {finding.remedy}"
