"""Explain rules, keys and words."""

from __future__ import annotations

from itertools import groupby
from typing import get_args

import click

from pipeline.cli.options import unknown


@click.command
@click.argument("rule", required=False)
@click.pass_context
def explain(context: click.Context, rule: str | None) -> None:
    """Print the manual of a rule, or list all rules by what they look at, with their severity.

    The name of the rule stands in square brackets at the end of every problem. In place of a rule, a key of the files
    or a word that stands in them may be named, `certainty` or `contested`: what it means is printed.

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
        _explain_term(context, rule)


def _explain_term(context: click.Context, term: str) -> None:
    """Say what a key or a word means, or that nothing is called so."""
    from pipeline.argue import Label
    from pipeline.check import RULES
    from pipeline.schema import terms

    known = terms()
    if term not in known:
        raise click.UsageError(unknown("rule, key or word", term, (*RULES, *known)), context)
    for said in known[term]:
        click.echo(f"{term}, {said}")
    if term in get_args(Label):
        click.echo(f"assets/docs/labels.md says how it is decided what is {term}.")
