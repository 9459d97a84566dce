"""Load what every process that makes briefs needs: importing this is all; the server of forks does.

Nothing here starts anything: no fonts are looked for, no thread runs, so that a fork finds all as new.
"""

from __future__ import annotations

import gc
from contextlib import suppress

from pipeline.render.engine import quietly

gc.set_threshold(50_000, 20, 20)  # as `cli` has it: next to nothing that is loaded is garbage
with suppress(ImportError, OSError), quietly():  # what is missing is told where it is used, and not here
    import weasyprint  # noqa: F401 - that it is loaded is all
    from weasyprint.text.ffi import ffi

    from pipeline.render import (  # noqa: F401 - nor is more done with these, which are loaded where they are used
        balancing,
        enclosing,
        fetch,
        floating,
        hanging,
        mirroring,
        parsing,
        reading_order,
        serialising,
        shaping,
        sheets,
        styling,
        tagging,
    )

    for kind in (
        *("char[]", "PangoRectangle *", "PangoLogAttr[]", "unsigned int *", "hb_tag_t[100]", "char[4]"),
        *("PangoFcFontMap *", "FcChar8 **"),
    ):
        ffi.typeof(kind)  # parses C, and does nothing else
