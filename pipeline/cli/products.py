"""List products."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import products_options, project_of, slugs_argument

if TYPE_CHECKING:
    from pipeline.product import Product


@click.command
@slugs_argument
@products_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_context
def products(context: click.Context, /, as_json: bool, **asked: Any) -> None:
    """List the products of the briefs named by SLUG, or of all: name, edition, audience, region, language.

    A product is one edition of a brief, for one audience and region, in one language. house.yaml plans them, in
    `products`, and a brief may plan its own.

    \b
    Example:
      openbrief products open-models
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.build import examine
    from pipeline.product import Order
    from pipeline.product import products as planned

    library, _ = examine(project := project_of(context))
    if "house" in library.unloaded:
        click.echo("briefs/house.yaml can't be read: see `openbrief check`", err=True)
        context.exit(1)
    slugs = asked["slugs"] or project.slugs()
    missing = [slug for slug in slugs if slug not in library.briefs]
    for slug in missing:
        click.echo(f"{slug} can't be read: see `openbrief check {slug}`", err=True)
    asked["slugs"] = [slug for slug in slugs if slug not in missing]
    for product in planned(library, Order(**asked)) if asked["slugs"] else ():
        _list(product, as_json=as_json)
    context.exit(1 if missing else 0)


def _list(product: Product, *, as_json: bool) -> None:
    row = {
        "name": product.name,
        "edition": product.edition,
        "audience": product.audience or "everyone",
        "region": product.region or "anywhere",
        "language": product.language,
    }
    line = f"{product.name:<44}  {product.edition:<9}  {row['audience']:<10}  {product.language:<7}  "
    line += product.region or ""
    click.echo(json.dumps({"brief": product.slug, **row}) if as_json else line.rstrip())
