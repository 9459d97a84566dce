"""Share the arguments that several commands take, and find the project they work in."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from pipeline.cluster import Cluster
from pipeline.destination import Nowhere, destination, is_address
from pipeline.problem import did_you_mean
from pipeline.project import Project

FORMATS = ("pdf", "html", "docx", "epub", "md", "txt", "json")
EDITIONS = ("one-page", "brief", "full", "questions")
AUDIENCES = ("everyone", "legislator", "regulator", "staff", "press", "public")


def project_of(context: click.Context, output: str | None = None, *, stores: bool = False) -> Project:
    """The project that `--root` lies in; a usage error where there is none, or `output` is no place for anything.

    With `stores`, the output may be the URL of one.
    """
    try:
        place = None if output is None else destination(output)
    except Nowhere as nowhere:
        raise click.UsageError(str(nowhere), context) from nowhere
    if isinstance(place, str) and not stores:
        raise click.UsageError(f"this is written to a folder of this machine, not to {place}", context)
    root = Path(context.find_root().params.get("root") or ".")
    project = Project.nearest(root, place if isinstance(place, Path) else None)
    if project is None:
        message = f"there is no briefs/house.yaml in {root.resolve()} or above; name the project's folder with -C"
        raise click.UsageError(message)
    if (kept := project.kept_from_output()) is not None:
        raise click.UsageError(f"finished briefs can't go to {project.output}: {kept}; name a folder of their own")
    return project.sent_to(place) if isinstance(place, str) else project


class Folder(click.Path):
    """A folder of this machine; what looks like an address is refused, and not printed."""

    def __init__(self, *, exists: bool = True) -> None:
        super().__init__(exists=exists, file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Take its path."""
        if is_address(str(value)):
            self.fail(
                "a folder of this machine is wanted here, not an address; one with ':' is written ./IT", param, ctx
            )
        return super().convert(value, param, ctx)


def processors() -> int:
    """How many processes may work at once; more than four gain little and take much memory."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 4)


WORK = "pipeline.making"
"""Where processes that make products find what they do; to import it here would take longer than to start them."""


def workers(jobs: int | Cluster) -> None:
    """Let the processes that will make products load what they need while this one reads, where there are several."""
    if isinstance(jobs, int) and jobs > 1:
        from pipeline.executor import begin

        begin(WORK)


def unknown(what: str, typed: str, known: Iterable[str]) -> str:
    """The sentence for a name that nothing bears, with the nearest that something does."""
    return "; ".join(filter(None, [f"no {what} is called '{typed}'", did_you_mean(typed, known)]))


def known_slugs(
    context: click.Context, typed: tuple[str, ...], parameter: click.Parameter | None = None
) -> tuple[str, ...]:
    """The slugs that were typed, each once; a usage error where no brief bears one."""
    known = project_of(context).slugs() if typed else ()
    for slug in typed:
        if slug not in known:
            raise click.BadParameter(unknown("brief", slug, known), context, parameter)
    return tuple(dict.fromkeys(typed))


def _known_slugs(context: click.Context, parameter: click.Parameter, typed: tuple[str, ...]) -> tuple[str, ...]:
    return known_slugs(context, typed, parameter)


def _complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001 - click's
    project = Project.nearest(Path(context.find_root().params.get("root") or "."))
    given = context.params.get("slugs") or ()
    return [slug for slug in (project.slugs() if project else ()) if slug.startswith(typed) and slug not in given]


def _known_slug(context: click.Context, parameter: click.Parameter, typed: str | None) -> str | None:
    return next(iter(_known_slugs(context, parameter, (typed,) if typed else ())), None)


def slug_argument(*, required: bool, shown: str = "SLUG") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The argument that names one brief."""
    metavar = shown if required else f"[{shown}]"
    return click.argument("slug", metavar=metavar, required=required, callback=_known_slug, shell_complete=_complete)


def _formats(context: click.Context, parameter: click.Parameter, typed: str | None) -> tuple[str, ...]:
    chosen = () if typed is None else tuple(dict.fromkeys(part.strip() for part in typed.split(",")))
    for name in chosen:
        if name not in FORMATS:
            near = did_you_mean(name, FORMATS) or f"there are {', '.join(FORMATS)}"
            raise click.BadParameter(f"no format is called '{name}'; {near}", context, parameter)
    return chosen


def language_tag(context: click.Context, parameter: click.Parameter, typed: tuple[str, ...]) -> tuple[str, ...]:
    """Take tags of languages, `fr` or `pt-BR`; a usage error where one is none."""
    from pipeline.record import LANGUAGE
    from pipeline.wording.locale import unknown as unknown_in

    for tag in typed:
        if not re.fullmatch(LANGUAGE, tag):
            raise click.BadParameter(f"'{tag}' is no language: write its tag, as in fr or pt-BR", context, parameter)
        if wrong := unknown_in(tag):
            raise click.BadParameter("; ".join(filter(None, wrong)), context, parameter)
    return tuple(dict.fromkeys(typed))


def _regions(context: click.Context, parameter: click.Parameter, typed: tuple[str, ...]) -> tuple[str, ...]:
    from pipeline.record import SLUG

    for id in typed:
        if not re.fullmatch(SLUG, id):
            raise click.BadParameter(f"'{id}' is no region: write its id, as house.yaml has it", context, parameter)
    return tuple(dict.fromkeys(typed))


class _Known(click.Choice[str]):
    """One of a few names; where it is mistyped, the nearest is named."""

    def __init__(self, what: str, names: Sequence[str]) -> None:
        super().__init__(names)
        self.what = what

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's
        """Say which name is unknown, and which there are."""
        near = unknown(self.what, str(value), self.choices)
        return near if ";" in near else f"{near}; there are {', '.join(self.choices)}"


slugs_argument = click.argument("slugs", metavar="[SLUG]...", nargs=-1, callback=_known_slugs, shell_complete=_complete)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line on stdout.")
formats_option = click.option(
    "--format",
    "formats",
    metavar=",".join(FORMATS),
    callback=_formats,
    help="Which files to make; left out, those that house.yaml names.",
)


def products_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose among the products of each brief."""
    edition = click.option(
        "--edition", "editions", multiple=True, type=_Known("edition", EDITIONS), help="Only this edition."
    )
    audience = click.option(
        "--audience",
        "audiences",
        multiple=True,
        type=_Known("audience", AUDIENCES),
        help="Only what is for them; `everyone` is what is for nobody in particular.",
    )
    region = click.option(
        "--region",
        "regions",
        multiple=True,
        callback=_regions,
        metavar="REGION",
        help="Only for this region of house.yaml; `anywhere` is what is for none in particular.",
    )
    language = click.option(
        "--language", "languages", multiple=True, callback=language_tag, metavar="LANG", help="Only in this language."
    )
    return edition(audience(region(language(command))))


def product_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose one product of a brief; left out, its first."""
    edition = click.option("--edition", type=_Known("edition", EDITIONS), help="Of this edition.")
    audience = click.option("--audience", type=_Known("audience", AUDIENCES), help="Of what is for them.")
    region = click.option("--region", metavar="REGION", help="Of what is for this region of house.yaml.")
    language = click.option("--language", metavar="LANG", help="In this language, for rows that name none.")
    return edition(audience(region(language(command))))


def _shard(context: click.Context, parameter: click.Parameter, typed: str | None) -> tuple[int, int] | None:
    if typed is None:
        return None
    parts = [int(part) for part in typed.split("/") if re.fullmatch("[0-9]{1,9}", part)]
    if len(parts) != 2 or typed.count("/") != 1 or not 1 <= parts[0] <= parts[1]:
        raise click.BadParameter(
            f"'{typed}' is no part of a whole: write 3/40 for the third of forty", context, parameter
        )
    return parts[0], parts[1]


def work_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say who does the work of a build."""
    folder = Folder()
    jobs = click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        metavar="N",
        help="Work in N processes; 1 is this one, without limits, which also makes a single product.",
    )
    on = click.option(
        "--on", metavar="WHERE", help="Work in local:N processes or, as at dask:tls://HOST:PORT, elsewhere."
    )
    certificates = click.option(
        "--on-certificates", type=folder, metavar="DIR", help="With ca.pem, cert.pem and key.pem for `--on dask:tls:`."
    )
    insecure = click.option("--insecure", is_flag=True, help="Allow `--on dask:tcp:`, which anyone can read and steer.")
    wait = click.option(
        "--wait", type=click.IntRange(0), default=600, metavar="SECONDS", help="Wait so long for another run."
    )
    shard = click.option(
        "--shard", callback=_shard, metavar="PART/PARTS", help="Make only this part of the products, as of `3/40`."
    )
    take = click.option(
        "--take", multiple=True, type=folder, metavar="DIR", help="Take what is made already from a release in DIR."
    )
    return jobs(on(certificates(insecure(wait(shard(take(command)))))))
