"""Rules for tests of rendering: the PDF engine never meets the fonts of the machine, however it gets imported."""

from __future__ import annotations

from pathlib import Path

from pipeline.render import fonts

fonts.isolate(Path(__file__).parents[2] / "assets")
