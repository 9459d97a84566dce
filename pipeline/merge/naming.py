"""Say what copies may be called: a name in, what is wrong with it anywhere and a better one out."""

from __future__ import annotations

import re
import unicodedata

from pipeline.folder import check_paths

MOST = 100
"""How many characters a name may have."""
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever stands behind a dot ("Naming Files, Paths, and Namespaces")."""
_SPELT = str.maketrans({"ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ß": "ss", "ł": "l", "Ł": "l",
                       "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "\u0131": "i"})  # fmt: skip
"""Letters that are no other letter with a mark."""


def amiss(name: str) -> str:
    """Why a file can't be called so, without its ending, on one system or another; empty where it can."""
    if found := _DEVICE.match(name):
        return f"Windows keeps '{found[1]}' for a device, whatever stands behind it"
    if "/" in name or "\\" in name:
        return "it leads into another folder"
    if name.startswith(".") or ".." in f"{name}.":
        return "a dot stands at its start or its end, or beside another"
    if len(name) > MOST:
        return f"it has more than {MOST} characters"
    try:
        check_paths([f"{name}.pdf"])
    except ValueError:
        return "not every system takes what is neither a letter from A to Z, a digit, a dot, a hyphen nor an underscore"
    return ""


def better(name: str) -> str:
    """A name like that one that every system takes; empty where nothing is left of it."""
    slug = slugged(name)
    return f"copy-{slug}" if _DEVICE.match(slug) else slug


def slugged(text: str, most: int = 40) -> str:
    """A text as it can be part of a file's name: letters without their marks, digits and hyphens."""
    bare = unicodedata.normalize("NFKD", text.translate(_SPELT)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:most].rstrip("-")
