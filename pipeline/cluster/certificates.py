"""Look at a folder of certificates before anything is done with it: a folder in, what is wrong with it out."""

from __future__ import annotations

import ssl
from pathlib import Path

from pipeline.cluster import PEM


def amiss(folder: Path | None) -> str:
    """Say in a sentence what is wrong with a folder of certificates; empty where nothing is.

    Whether they are valid today, and signed as they should be, shows when machines greet each other.
    """
    lacking = [name for name in PEM if folder is None or not (folder / name).exists()]
    if folder is None or lacking:
        return f"{' and '.join(lacking)} missing: name a folder that has {', '.join(PEM)} with --on-certificates"
    signer, certificate, key = (folder / name for name in PEM)
    for path in (signer, certificate):
        if wrong := _unread(path, "certificate"):
            return wrong
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(certificate, key, password=_nobody_is_asked)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            return f"{key} is not the key of {certificate.name}"
        return f"{key} holds no key, or one with a passphrase: write it with `-nodes`, as assets/docs/scale.md does"
    except OSError as error:
        return f"{key} can't be read: {error.strerror}"
    return ""


def _unread(path: Path, what: str) -> str:
    if path.is_dir():
        return f"{path} is a folder, not a {what}"
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError:
        return f"{path} holds no {what}: it begins with -----BEGIN CERTIFICATE-----"
    except OSError as error:
        return f"{path} can't be read: {error.strerror}"
    return ""


def _nobody_is_asked() -> bytes:
    """Give no passphrase, where a terminal would be asked for one."""
    return b""
