"""Draw the pages of a PDF with two engines: bytes in, grey pictures out."""

from __future__ import annotations

import functools
import re
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.problem import ToolFailed
from pipeline.verify.reading import pages_of

if TYPE_CHECKING:
    import numpy as np

    Picture: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]
    """Rows of grey values, 0 black and 255 white."""

DPI = 72
SECONDS = 120
"""What Poppler may take for one file."""
_HEAD = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")


@functools.lru_cache(maxsize=4)
def pdfium(pdf: bytes) -> tuple[Picture, ...]:
    """The pages as PDFium draws them, in Chromium and Android; raises ValueError where it can't read the file."""
    with pages_of(pdf) as document:
        return tuple(page.render(scale=DPI / 72, grayscale=True).to_numpy().squeeze().copy() for page in document)


def before_first(pdf: bytes) -> int:
    """How many pages stand before the one that is labelled 1; none where no page is."""
    with pages_of(pdf) as document:
        labels = [document.get_page_label(number) for number in range(len(document))]
    return labels.index("1") if "1" in labels else 0


def poppler(pdf: bytes) -> tuple[Picture, ...]:
    """The pages as Poppler draws them, in the viewers of Linux; raises ValueError where it can't read the file."""
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-"]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, check=False, timeout=SECONDS)
    except OSError as error:
        raise ToolFailed(f"pdftoppm can't be run: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"Poppler has not drawn it after {SECONDS} seconds") from error
    if done.returncode:
        raise ValueError(f"Poppler can't read it: {done.stderr.decode(errors='replace').strip()}")
    return tuple(_pictures(done.stdout))


def _pictures(data: bytes) -> Iterator[Picture]:
    """Yield the pictures of a stream of portable grey maps."""
    import numpy as np

    at = 0
    while head := _HEAD.match(data, at):
        width, height = int(head[1]), int(head[2])
        at = head.end() + width * height
        yield np.frombuffer(data[head.end() : at], np.uint8).reshape(height, width)
