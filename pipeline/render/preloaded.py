"""Load what every process that makes briefs needs: importing this is all; the server of forks does.

Nothing here starts anything: no fonts are looked for, no thread runs, so that a fork finds all as new.
"""

from __future__ import annotations

import io
import warnings
from contextlib import redirect_stdout, suppress

with suppress(ImportError, OSError), warnings.catch_warnings(), redirect_stdout(io.StringIO()):
    # What is missing is told where it is used, and not here.
    warnings.simplefilter("ignore")
    import weasyprint  # noqa: F401 - that it is loaded is all
