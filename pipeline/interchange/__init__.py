"""Exchange arguments with other programs: records in, texts of six formats out, and three of them back in.

Each format is a module that writes a selection, and declares in `LOST` which fields it has no place for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.interchange import aif, dot, linked, records, table
from pipeline.interchange.graph import Selection


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One format."""

    write: Callable[[Selection], str]
    lost: tuple[str, ...]
    """The fields that it can't hold, as `losses` reads them."""


FORMS: Mapping[str, Form] = {
    "json": Form(write=records.to_json, lost=records.LOST),
    "aif": Form(write=aif.to_aif, lost=aif.LOST),
    "dot": Form(write=dot.to_dot, lost=dot.LOST),
    "jsonld": Form(write=linked.to_jsonld, lost=linked.LOST),
    "csv": Form(write=table.to_csv, lost=table.LOST),
}
"""Every format by its name on the command line."""
