"""The PDF uses only the fonts of the house, and has every one of them inside.

A font from the machine that built it would make another machine build another file; one that is not inside is
replaced by the reader's, with other widths and perhaps without a letter.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.render.fonts import FACES
from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of

TOOLS = (tools.PIKEPDF,)
FAMILIES = (*sorted({face.family.replace(" ", "-") for face in FACES}), "Source-Sans-3", "Source-Serif-4")
"""What the names of fonts begin with: the families in stylesheets, or the names that the same files bear themselves,
which the engine writes where it takes them as a substitute."""
FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield the fonts that are not the house's or not inside, and a PDF without any."""
    import pikepdf

    with document_of(pdf) as document:
        fonts = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.Font
        ]
        if not fonts:
            yield Finding(message="it has no font at all")
        for font in fonts:
            name = str(font.get("/BaseFont", "/a font without a name"))[1:]
            if not name.rpartition("+")[2].startswith(FAMILIES):
                yield Finding(message=f"{name} is no font of the house, which are {', '.join(FAMILIES)}")
            if "/DescendantFonts" not in font and not set(FILES) & set(font.get("/FontDescriptor", {})):
                yield Finding(message=f"{name} is not inside the file")
