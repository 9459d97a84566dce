"""Keep each product within what making it may use.

A product whose process crashes, takes too long or takes too much memory is not made; all others are, and nothing is
published. Look for a text, list or table that is far too long, or for a drawing with very many parts. Where a brief
is that large on purpose, `limits` in house.yaml gives it more. What crashes without being large is a fault of an
engine; `openbrief build SLUG --jobs 1` shows what the engine says.
"""

from __future__ import annotations

import signal
from typing import Literal

from pipeline.house import Limits
from pipeline.model import Brief
from pipeline.problem import Problem

Why = Literal["time", "memory", "crash", "error"]


def lost(brief: Brief, product: str, limits: Limits, why: Why, ended: int, said: str = "") -> Problem:
    """Say that making a product took too long or too much memory, or ended its process: by a signal, if negative.

    `said` is what was raised on another machine.
    """
    named = next((one.name for one in signal.Signals if one == -ended), f"exit code {ended}")
    reasons = {
        "time": f"it took longer than {limits.seconds} seconds",
        "memory": f"it needs more than {limits.memory} MiB of memory",
        "crash": f"its process crashed ({named})" if ended else "whatever machine made it was lost",
        "error": f"making it failed with {said.splitlines()[0] if said else 'no word'}",
    }
    hints = {
        "time": "shorten what is too long, or raise `limits.seconds` in house.yaml",
        "memory": "shorten what is too long, or raise `limits.memory` in house.yaml",
        "crash": f"build it alone with `--jobs 1`; if memory ran out, raise `limits.memory` ({limits.memory} MiB)",
        "error": "build it alone with `--jobs 1`, which shows all of it",
    }
    message = f"'{product}' was not made: {reasons[why]}"
    return Problem(mark=brief.mark("title"), rule="not-made", message=message, hint=hints[why])
