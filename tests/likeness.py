"""Compare what people see with what they saw before: pictures of pages, kept small.

Every page of every product is kept as its ink: how dark each square of 10 by 10 pixels is, at 100 dpi through PDFium.
One brief is kept in full, in 16 greys. Pages are drawn with our own fonts by our own wheel of PDFium, so they come out
alike on Debian 12 and 13, and the tolerance is for rounding alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pypdfium2
from PIL import Image

if TYPE_CHECKING:
    Picture: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

DPI = 100
SQUARE = 10
"""Pixels on each side of a square; 2.5 mm."""
INK = 5
"""How far the mean grey of a square, of 255, may lie from what it was: one letter more makes a difference of 9."""
GREY = 32
"""How far the grey of a pixel may lie from what it was, after rounding to 16 greys."""


def drawn(pdf: Path) -> list[Picture]:
    """The pages of a PDF in greys."""
    document = pypdfium2.PdfDocument(pdf)
    rendered = (page.render(scale=DPI / 72, grayscale=True).to_numpy() for page in document)
    return [np.array(picture, np.uint8).squeeze() for picture in rendered]


def ink(picture: Picture) -> Picture:
    """The mean grey of each square, white beyond the picture's edges."""
    rows, columns = (-(-side // SQUARE) * SQUARE for side in picture.shape)
    whole = np.full((rows, columns), 255, np.uint8)
    whole[: picture.shape[0], : picture.shape[1]] = picture
    means = whole.reshape(rows // SQUARE, SQUARE, columns // SQUARE, SQUARE).mean(axis=(1, 3))
    greys: Picture = means.round().astype(np.uint8)
    return greys


def coarse(picture: Picture) -> Picture:
    """The picture in 16 greys."""
    return ((picture.astype(np.uint16) * 15 + 127) // 255 * 17).astype(np.uint8)


def differing(before: Picture, now: Picture, tolerance: int) -> int:
    """How many points of two pictures lie further apart than `tolerance`; all of them where the sizes differ."""
    if before.shape != now.shape:
        return max(before.size, now.size)
    return int((abs(before.astype(int) - now) > tolerance).sum())


def read(path: Path) -> Picture | None:
    """A picture that was kept, or None."""
    if not path.is_file():
        return None
    with Image.open(path) as image:
        return np.asarray(image.convert("L"))


def keep(path: Path, picture: Picture) -> None:
    """Write a picture as small as PNG allows, where it has changed."""
    before = read(path)
    if before is not None and differing(before, picture, 0) == 0:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.fromarray(picture)
    if len(np.unique(picture)) <= 16:
        image = image.quantize(16)
    image.save(path, optimize=True)


def side_by_side(path: Path, before: Picture | None, now: Picture | None) -> None:
    """Write before, after and their difference, red where they differ, as one picture."""
    shape = np.max([each.shape for each in (before, now) if each is not None], axis=0)
    one, other = (_filled(each, shape) for each in (before, now))
    apart = abs(one.astype(int) - other).astype(np.uint8)
    red = np.stack([np.full_like(apart, 255), 255 - apart, 255 - apart], axis=2)
    panels = [np.stack([each] * 3, axis=2) for each in (one, other)]
    gap = np.full((shape[0], 8, 3), 128, np.uint8)
    picture = np.concatenate([panels[0], gap, panels[1], gap, red], axis=1)
    times = max(1, 900 // int(shape[0]))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture.repeat(times, axis=0).repeat(times, axis=1)).save(path)


def _filled(picture: Picture | None, shape: tuple[int, ...]) -> Picture:
    whole = np.full(tuple(shape), 255, np.uint8)
    if picture is not None:
        whole[: picture.shape[0], : picture.shape[1]] = picture
    return whole
