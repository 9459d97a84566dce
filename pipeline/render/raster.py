"""Draw a figure as dots: SVG in, PNG out, for programs that take no SVG."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

from pipeline.problem import ToolFailed
from pipeline.render import engine
from pipeline.render.fonts import Face, needed, print_faces, stacked

DPI = 192
"""Twice what a screen shows."""
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def png(svg: str, assets: Path, added: Sequence[Face] = (), scale: float = DPI / 72) -> tuple[bytes, float]:
    """Draw a figure in the fonts of `assets`, and those `added`, on white; give the PNG and its width in points.

    `scale` is how many dots a pixel of the drawing has.

    Raises ToolFailed where the machine lacks a library, or the figure can't be drawn.
    """
    size = _SIZE.search(svg)
    if not size:
        raise ToolFailed("a figure without a size can't be drawn as PNG")
    import pypdfium2

    width, height = float(size[1]), float(size[2])
    document = pypdfium2.PdfDocument(_pdf(svg, width, height, assets, tuple(added)))
    try:
        dots = document[0].render(scale=scale, rev_byteorder=True)
        data, across = bytes(dots.buffer), dots.width * dots.n_channels
        rows = [data[row * dots.stride : row * dots.stride + across] for row in range(dots.height)]
        return _encoded(rows, dots.width), width
    finally:
        document.close()


def _pdf(svg: str, width: float, height: float, assets: Path, added: tuple[Face, ...]) -> bytes:
    """Set the figure on a page of its own size."""
    weasyprint = engine.loaded(assets.absolute())
    from pipeline.render.fetch import LocalFetcher
    from pipeline.render.mirroring import mirrored

    look = f"@page{{size:{width}pt {height}pt;margin:0}}html,body{{margin:0}}svg{{display:block;width:{width}pt}}"
    faces = needed(svg, assets, added)
    html = f"<!DOCTYPE html><style>{print_faces(assets, faces)}{look}</style>{stacked(svg, faces)}"
    source = weasyprint.HTML(string=html, url_fetcher=LocalFetcher([assets, *(Path(face.file) for face in added)]))
    with mirrored():
        data: bytes = source.write_pdf(font_config=engine.font_configuration(assets.absolute(), added))
    return data


def _encoded(rows: Sequence[bytes], width: int) -> bytes:
    """Write rows of red, green and blue as PNG (W3C PNG, third edition, 5 and 11)."""
    height, content = len(rows), b"".join(b"\0" + row for row in rows)
    per_metre = round(DPI / 0.0254)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
        (b"IDAT", zlib.compress(content, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part)) for name, part in parts
    )
