"""Skip tests whose tools this machine lacks; under CI a skipped test fails."""

from __future__ import annotations

import pytest

from pipeline.verify.tools import Tool


def needs(*tools: Tool) -> pytest.MarkDecorator:
    """Mark a test that can't run without these tools."""
    lacking = [f"{tool.name} is missing: {tool.command}" for tool in tools if not tool.present()]
    return pytest.mark.skipif(bool(lacking), reason="; ".join(lacking))
