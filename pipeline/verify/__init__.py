"""Prove of finished products what is said of them, with tools that others wrote: files in, findings out.

Each check is a module of this package: its docstring says what it proves, its `find` looks, its TOOLS are what
the machine must have. A tool that is missing proves nothing, and is told as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.verify import (
    attachments,
    axe,
    bookmarks,
    browser_print,
    docx,
    docx_text,
    epub,
    epub_text,
    fonts,
    glyphs,
    html_validate,
    keyboard,
    languages,
    length,
    metadata,
    page_links,
    parents,
    pdf_a,
    pdf_links,
    pdf_ua,
    reflow,
    same_text,
    self_contained,
    syntax,
    tables,
    text_layer,
    two_engines,
    vnu,
    weight,
    without_scripts,
    zoom,
)
from pipeline.verify.finding import Check, Finding
from pipeline.verify.product import Product
from pipeline.verify.tools import Tool

__all__ = ["CHECKS", "Check", "Finding", "Outcome", "Product", "verify"]

_TABLE = (
    Check.of(pdf_ua, "veraPDF"),
    Check.of(pdf_a, "veraPDF"),
    Check.of(syntax, "qpdf"),
    Check.of(fonts, "openbrief"),
    Check.of(glyphs, "openbrief"),
    Check.of(text_layer, "PDFium"),
    Check.of(same_text, "openbrief"),
    Check.of(languages, "openbrief"),
    Check.of(tables, "openbrief"),
    Check.of(parents, "openbrief"),
    Check.of(bookmarks, "openbrief"),
    Check.of(metadata, "openbrief"),
    Check.of(attachments, "openbrief"),
    Check.of(pdf_links, "openbrief"),
    Check.of(length, "PDFium"),
    Check.of(two_engines, "PDFium, Poppler"),
    Check.of(page_links, "openbrief"),
    Check.of(axe, "axe-core"),
    Check.of(reflow, "Chromium"),
    Check.of(zoom, "Chromium"),
    Check.of(keyboard, "Chromium"),
    Check.of(without_scripts, "Chromium"),
    Check.of(self_contained, "Chromium"),
    Check.of(browser_print, "Chromium, PDFium"),
    Check.of(html_validate, "html-validate"),
    Check.of(vnu, "vnu"),
    Check.of(weight, "openbrief"),
    Check.of(epub, "EPUBCheck, openbrief"),
    Check.of(epub_text, "openbrief"),
    Check.of(docx, "LibreOffice, openbrief"),
    Check.of(docx_text, "openbrief"),
)
CHECKS: Mapping[str, Check] = {check.name: check for check in _TABLE}
"""Every check by its name, in the order in which they are made."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one check said of one product."""

    check: Check
    product: Product
    findings: tuple[Finding, ...] = ()
    missing: tuple[Tool, ...] = ()
    """Tools that it could not be made without."""

    @property
    def passed(self) -> bool:
        """Whether it was made, and found nothing."""
        return not self.findings and not self.missing


def verify(products: Iterable[Product], checks: Iterable[Check] = tuple(CHECKS.values())) -> Iterator[Outcome]:
    """Make each check on each product that has the forms it looks at; one outcome at a time, check by check.

    Raises ToolFailed where a tool is there and does not work.
    """
    listed = tuple(products)
    for check in checks:
        missing = check.missing
        looked_at = [product for product in listed if product.has(check.takes)]
        if check.ahead and not missing:
            form = check.takes[0]
            check.ahead(given[form] for product in looked_at if (given := _given(product, [form])))
        for product in looked_at:
            found = () if missing else tuple(_found(check, product))
            yield Outcome(check=check, product=product, findings=found, missing=missing)


def _found(check: Check, product: Product) -> Iterator[Finding]:
    given = _given(product, check.takes)
    if given is None:
        yield Finding(message="the page is not written in UTF-8, so it can't be read")
    else:
        yield from check.find(**given)


def _given(product: Product, forms: Sequence[str]) -> Mapping[str, Any] | None:
    """What a check takes; None where the page is no text."""
    try:
        return product.given(forms)
    except UnicodeDecodeError:
        return None
