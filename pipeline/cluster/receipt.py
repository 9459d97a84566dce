"""Send orders for products out and receipts back: records in, JSON out, and back again.

A receipt is a manifest of one product with its problems; its files come beside it as bytes, and count only where they
are what it says. Nothing else crosses between machines, so either side can be looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from pipeline.folder import contents
from pipeline.forms import Entry, Output, listed
from pipeline.manifest import manifest, parsed
from pipeline.problem import Mark, Problem, ToolFailed
from pipeline.product import Order, Product
from pipeline.publish import entry_of

Receipt = tuple[str, tuple[bytes, ...]]
"""JSON, and the files that it lists, in its order."""


def job(product: Product, order: Order, files: Sequence[str]) -> str:
    """Write down what is to be made, from which files."""
    plain = asdict(replace(order, take=(), shard=None, keep=False))  # there, all goes when it is made
    return json.dumps({"product": asdict(product), "order": plain, "files": [*files]})


def job_of(text: str) -> tuple[Product, Order, tuple[str, ...]]:
    """Read what is to be made."""
    said = json.loads(text)
    return Product(**said["product"]), Order(**_tuples(said["order"])), tuple(said["files"])


def receipt(entry: Entry | None, problems: Sequence[Problem]) -> Receipt:
    """Write down what came of it."""
    said: dict[str, Any] = {"release": None, "problems": [asdict(problem) for problem in problems]}
    if entry is None:
        return json.dumps(said), ()
    outputs = sorted(entry.outputs, key=lambda output: output.path)
    said["release"] = manifest([entry], (), {}).data.decode()
    return json.dumps(said), tuple(map(contents, outputs))


def receipt_of(received: Receipt) -> tuple[Entry | None, tuple[Problem, ...]]:
    """Read what came of it; raises ToolFailed where a file is not what the receipt says."""
    text, files = received
    said = json.loads(text)
    problems = tuple(Problem(**problem | {"mark": Mark(**problem["mark"])}) for problem in said["problems"])
    if said["release"] is None:
        return None, problems
    release = parsed(said["release"].encode())
    if release is None or len(release.briefs) != 1:
        raise ToolFailed("a worker sent a receipt that can't be read")
    (brief,) = release.briefs
    outputs = tuple(Output(path=file.path, data=data) for file, data in zip(brief.files, files, strict=True))
    if tuple(map(listed, outputs)) != brief.files:
        raise ToolFailed(f"a worker sent files of '{brief.metadata.file}' that are not what its receipt says")
    return entry_of(brief, outputs, brief.pages), problems


def _tuples(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
