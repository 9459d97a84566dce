"""Say who makes the products: what was asked for in, processes of this machine or a cluster out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import processors
from pipeline.cluster import Cluster

MOST = 64
"""How many processes of this machine may be asked for."""
_LOCAL = re.compile(r"local:([0-9]{1,9})")
_SCHEDULER = re.compile(r"dask:(tls|tcp)://([\w.-]+|\[[\da-f:.]+\]):([0-9]+)", re.ASCII | re.IGNORECASE)
_PORTS = 65535
_NEARLY = re.compile(r"(?:dask:)?(?:(?:dask|tls|tcp|ssl)://)?(?:dask:)?([\w.-]+:([0-9]+))/?", re.ASCII | re.IGNORECASE)
_PASSWORD = re.compile(r"//[^/\[]*:(?![0-9]+/?\Z)")
"""A ':' behind which no port stands."""


def workers_of(context: click.Context, asked: dict[str, Any]) -> int | Cluster:
    """Take from what is asked who makes the products; a usage error where they can't be had."""
    jobs, on, certificates, insecure = map(asked.pop, ("jobs", "on", "on_certificates", "insecure"))
    if on is None:
        _refuse_idle(context, certificates, insecure=insecure)
        return jobs or processors()
    if jobs:
        raise click.UsageError("say `--jobs N` or `--on`, not both", context)
    if (local := _LOCAL.fullmatch(on)) and 1 <= int(local[1]) <= MOST:
        _refuse_idle(context, certificates, insecure=insecure)
        return int(local[1])
    if scheduler := _SCHEDULER.fullmatch(on):
        scheme, host, port = scheduler.groups()
        return _cluster(context, scheme.lower(), f"{host}:{_port(context, port)}", certificates, insecure=insecure)
    raise click.UsageError(_nowhere(on), context)


def _refuse_idle(context: click.Context, certificates: Path | None, *, insecure: bool) -> None:
    """Raise a usage error where this machine does the work, and something is said of how a scheduler is reached."""
    if certificates:
        raise click.UsageError("`--on-certificates` is for `--on dask:tls:`, which is not asked for", context)
    if insecure:
        raise click.UsageError("`--insecure` is for `--on dask:tcp:`, which is not asked for", context)


def _cluster(context: click.Context, scheme: str, place: str, certificates: Path | None, *, insecure: bool) -> Cluster:
    address = f"{scheme}://{place}"
    if scheme == "tls":
        from pipeline.cluster.certificates import amiss

        if wrong := amiss(certificates):
            raise click.UsageError(wrong, context)
        return Cluster(address=address, certificates=certificates)
    if not insecure:
        message = "whoever reaches a scheduler without TLS can run anything on its workers"
        raise click.UsageError(f"{message}: use dask:tls:, or --insecure", context)
    return Cluster(address=address)


def _port(context: click.Context, port: str) -> int:
    if not _is_port(port):
        raise click.UsageError(f"no machine has a port {port[:20]}: they are numbered from 1 to {_PORTS}", context)
    return int(port)


def _is_port(port: str) -> bool:
    """Whether a number can be that of a port; Python reads no number of thousands of digits."""
    return len(port) < 10 and 1 <= int(port) <= _PORTS


def _nowhere(on: str) -> str:
    """Say why that is no place to work; what may hold a secret is not printed."""
    if any(mark in on for mark in "@?#") or not on.isprintable() or _PASSWORD.search(on):
        said = "a scheduler is written dask:tls://HOST:PORT, with no credentials in it, and no '@', '?' or '#'"
        return f"{said}: its machines know each other by --on-certificates"
    near = None if on.startswith("local") else _NEARLY.fullmatch(on)
    if near and not _is_port(near[2]):
        near = None
    known = f"write local:4, or dask:tls://HOST:PORT for a scheduler of Dask; here no more than {MOST} processes work"
    return f"'{on}' is no place to work: {f'did you mean dask:tls://{near[1]}?' if near else known}"
