"""Run the program with `python -m pipeline`; a build that would do nothing is answered before it is loaded."""

from __future__ import annotations

import os
import sys

from pipeline.unchanged import told


def main() -> None:
    """Run the command that the arguments name, and exit."""
    text = told(sys.argv[1:])
    if text is None:
        from pipeline.cli import main as run

        run()
    else:
        sys.stderr.write(text if sys.stderr.isatty() and not os.environ.get("NO_COLOR") else _plain(text))


def _plain(text: str) -> str:
    """The text without colours; nothing else in it begins as they do, since `visible` makes that visible."""
    first, *rest = text.split("\x1b[")
    return first + "".join(part.partition("m")[2] for part in rest)


if __name__ == "__main__":
    main()
