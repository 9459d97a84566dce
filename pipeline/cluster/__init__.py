"""Have other machines make products: nothing but their address is known here; `spreading` does it.

`kit` compares the machines, `pack` takes the project to them, `hand` makes a call there, `receipt` says what is wanted
and what came of it, and `saved` keeps that until it is put out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PEM = ("ca.pem", "cert.pem", "key.pem")
"""What a folder of certificates holds: who signed all of them, and this machine's own, with its key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster:
    """Where other machines are found."""

    address: str
    """Of the scheduler: `tls://HOST:PORT`, or `tcp://HOST:PORT` on a network that nobody else is on."""
    certificates: Path | None = None
    """A folder with the files of `PEM`; None without encryption."""

    def __str__(self) -> str:
        return self.address
