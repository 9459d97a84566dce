"""Ask for one address once: a method and an address in, the status and two headers out.

Made of http.client alone. httpx would bring six packages and urllib3 one; both look a host's name up on their own
when they connect, past any judgement of where it leads, and pool connections and unpack bodies, which nobody needs
here. Of a body nothing is read but the start of a robots.txt, so that its size and packing can do no harm. A name is
looked up once for a request, all it leads to must be allowed, and the connection goes to that very place: a name that
says something else the second time gains nothing.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from urllib.parse import SplitResult, quote, urlsplit

from pipeline.web.guard import Allowed

PORTS = {"http": 80, "https": 443}
MOST_MACHINES = 3
"""How many machines of one name are tried."""
BUFFER = 16_384
"""Bytes that may wait unread: what a host sends of a body stays mostly with it."""
_SAFE = "%/:=&?~+!$,;'@()*[]"
Kind = Literal["unfound", "refused", "passing", "broken"]
"""There is no such host; we don't ask it; it may be otherwise later; or what comes makes no sense."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a host answered."""

    status: int
    location: str = ""
    retry_after: str = ""
    start: str = ""
    """The start of the body, where that was asked for and nothing is packed."""


class NoReply(Exception):
    """Raised where no answer came; its text says why, as the end of a sentence."""

    def __init__(self, why: str, kind: Kind) -> None:
        self.kind: Kind = kind
        super().__init__(why)


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How hosts are asked."""

    agent: str
    """Who asks, as User-Agent says it."""
    allowed: Allowed
    timeout: float
    """Seconds to wait for a connection, and then for an answer."""


def request(method: str, address: str, manner: Manner, take: int = 0) -> Reply:
    """Ask for an address, and read `take` bytes of its body at most; raises NoReply."""
    parts, host, port = _parts(address)
    headers = {
        "Host": _authority(parts, host),
        "User-Agent": manner.agent,
        "Accept": "*/*",
        "Connection": "close",
        "Accept-Encoding": "identity",
    }
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    try:
        with _connected(host, port, manner) as plain, _cut_after(plain, manner.timeout):
            line = _secured(plain, host) if parts.scheme == "https" else plain
            try:
                return _exchanged(line, host, method, target, headers, take)
            finally:
                line.close()
    except TimeoutError:
        raise NoReply(f"no answer came within {manner.timeout:g} seconds", "passing") from None
    except ssl.SSLCertVerificationError as error:
        raise NoReply(f"its certificate is not valid: {error.verify_message}", "broken") from None
    except (http.client.HTTPException, ssl.SSLError, ValueError):
        raise NoReply("its answer is not HTTP as the standard has it", "broken") from None
    except OSError as error:
        raise NoReply(f"the connection failed: {error.strerror or 'it was closed'}", "passing") from None


def _parts(address: str) -> tuple[SplitResult, str, int]:
    """The parts of an address with its host's name in ASCII and its port; raises NoReply."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise NoReply("it is not an address", "refused") from None
    if parts.scheme not in PORTS:
        raise NoReply(f"an address that begins with '{parts.scheme}:' is not asked for", "refused")
    if not host:
        raise NoReply("it is not an address", "refused")
    return parts, host, port


def _authority(parts: SplitResult, host: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{parts.port}" if parts.port and parts.port != PORTS[parts.scheme] else name


@contextmanager
def _connected(host: str, port: int, manner: Manner) -> Iterator[socket.socket]:
    """Connect to the host, if all that its name leads to may be asked; raises NoReply, or OSError."""
    failure: OSError | None = None
    for family, place in _places(host, port, manner.allowed)[:MOST_MACHINES]:
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(manner.timeout)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
            line.connect(place)
        except OSError as error:
            line.close()
            failure = error
            continue
        with line:
            yield line
        return
    raise failure or OSError("nothing to connect to")


def _places(host: str, port: int, allowed: Allowed) -> list[tuple[int, tuple[Any, ...]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            raise NoReply(f"there is no host '{host}'", "unfound") from None
        raise NoReply(f"the host '{host}' could not be looked up", "passing") from None
    except UnicodeError:
        raise NoReply("it is not an address", "refused") from None
    if not all(allowed(ipaddress.ip_address(place[0])) for *_, place in found):
        raise NoReply(f"the host '{host}' lies in a private network", "refused")
    return [(family, place) for family, *_, place in found]


@contextmanager
def _cut_after(line: socket.socket, seconds: float) -> Iterator[None]:
    """Break a connection that lasts too long, however busy it is; raises TimeoutError then."""
    late = threading.Event()
    descriptor = line.dup()  # TLS takes the socket itself away

    def cut() -> None:
        late.set()
        with suppress(OSError):  # the host may have closed it already
            descriptor.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError):
        if late.is_set():
            raise TimeoutError from None
        raise
    else:
        if late.is_set():  # http.client takes headers that were cut off for whole ones
            raise TimeoutError
    finally:
        timer.cancel()
        timer.join()
        descriptor.close()


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _secured(line: socket.socket, host: str) -> socket.socket:
    return _tls().wrap_socket(line, server_hostname=host)


def _exchanged(line: socket.socket, host: str, method: str, target: str, headers: dict[str, str], take: int) -> Reply:
    connection = http.client.HTTPConnection(host)
    connection.auto_open = 0
    connection.sock = line
    connection.request(method, target, headers=headers)
    with connection.getresponse() as response:
        location = response.getheader("Location", "").encode("latin-1").decode("utf-8", "replace")
        packed = response.getheader("Content-Encoding", "identity").lower() != "identity"
        start = b"" if packed or not take else response.read(take)
        return Reply(response.status, location, response.getheader("Retry-After", ""), start.decode("utf-8", "replace"))
