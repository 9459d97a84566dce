"""Explain rules."""

from __future__ import annotations

from itertools import groupby

import click

from pipeline.cli.options import unknown


@click.command
@click.argument("rule", required=False)
@click.pass_context
def explain(context: click.Context, rule: str | None) -> None:
    """Print the manual of a rule, or list all rules by what they look at, with their severity.

    The name of the rule stands in square brackets at the end of every problem.

    \b
    Example:
      openbrief explain unknown-source
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.check import RULES

    if rule is None:
        for group, rules in groupby(RULES.values(), lambda known: known.group):
            click.secho(f"{group}:", bold=True)
            for known in rules:
                click.echo(f"  {known.name:<24} {known.severity:<8} {known.summary}")
    elif rule in RULES:
        click.echo(RULES[rule].manual)
    else:
        raise click.UsageError(unknown("rule", rule, RULES), context)
