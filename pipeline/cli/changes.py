"""Notice what changes of all that a build reads: a project's root in, the state of every file out.

Files are asked for again and again: a network folder or a container's mount gives no notice of what changes in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from pipeline import standing, unchanged
from pipeline.standing import State, is_text

PAUSE = 0.1
"""Seconds between two looks."""
SHARE = 20
"""How many times what a look takes of a processor is waited at least: large projects cost no more of it than small."""
SETTLED = 0.02
"""Seconds for which nothing more must change: programs write a file in several steps."""
LOOKS = 150
"""How often that is waited for; a file that is always being written would hold a build up for ever."""


def state(root: Path) -> State:
    """Give the state of every file that a build of a project reads, of the program, and of what it is made with."""
    return {**standing.state(root), "": (hash(unchanged.tools()),)}


def next_state(before: State, look: Callable[[], State]) -> State:
    """Wait until something is not as `before`, and nothing changes any more for a moment; give what there is then.

    Where something always changes, that is what there is after some seconds.
    """
    while True:
        begun = time.process_time()
        if (now := look()) != before:
            break
        time.sleep(max(PAUSE, SHARE * (time.process_time() - begun)))
    for _ in range(LOOKS):
        time.sleep(SETTLED)
        latest, now = now, look()
        if now == latest:
            break
    return now


def is_told_anew(before: State, now: State, root: Path) -> bool:
    """Whether what has changed is read anew by a program that has built before.

    These are texts of the library. Fonts, templates, styles, words and the program itself are loaded once, and
    house.yaml says how much memory processes have, which is told them when they start.
    """
    changed = {path.removeprefix(f"{root}/") for path, _ in {*before.items()} ^ {*now.items()}}
    return all(is_text(path) and path != "briefs/house.yaml" for path in changed)
