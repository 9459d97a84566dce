"""Run the program with `python -m pipeline`; a build that would do nothing is answered before it is loaded."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from pipeline.unchanged import told

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def main() -> None:
    """Run the command that the arguments name, and exit."""
    before = {}
    for number in SIGNALS:
        heard = signal.getsignal(number)
        if heard is not None and heard != signal.SIG_IGN:  # whoever ignores one may want this to go on
            before[number] = heard
            signal.signal(number, _ended)
    if os.name == "posix":  # a watch that begins anew blocks them until here
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    text = told(sys.argv[1:])
    if text is None:
        from pipeline.cli import main as run

        for number, heard in before.items():
            signal.signal(number, heard)
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
