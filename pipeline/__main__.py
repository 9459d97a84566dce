"""Run the program with `python -m pipeline`; a build that would do nothing is answered before it is loaded."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from pipeline.unchanged import told


def main() -> None:
    """Run the command that the arguments name, and exit."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ended)
    if os.name == "posix":  # a watch that begins anew blocks them until here
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
    text = told(sys.argv[1:])
    if text is None:
        from pipeline.cli import main as run

        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        run()
    else:
        sys.stderr.write(text if sys.stderr.isatty() and not os.environ.get("NO_COLOR") else _plain(text))


def _ended(number: int, _frame: FrameType | None) -> None:
    """End at once: so far nothing was begun, and modules that are half loaded can't clear up."""
    os.write(2, b"openbrief: interrupted\n" if number == signal.SIGINT else b"openbrief: terminated\n")
    os._exit(128 + number)


def _plain(text: str) -> str:
    """The text without colours; nothing else in it begins as they do, since `visible` makes that visible."""
    first, *rest = text.split("\x1b[")
    return first + "".join(part.partition("m")[2] for part in rest)


if __name__ == "__main__":
    main()
