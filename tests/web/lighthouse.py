"""A host on this machine that answers in every way that hosts on the web do, the bad ways too."""

from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PEM = Path(__file__).with_suffix(".pem")
"""A certificate for 127.0.0.1 that it gave itself, and its key, which guards nothing."""
LONG = 20.0
"""Seconds that a slow answer takes, or until the one who asks has gone."""
BOMB = gzip.compress(bytes(10_000_000))
ANSWERS = {
    "/ok": "200 OK",
    "/gone": "410 Gone",
    "/closed": "403 Forbidden",
    "/broken": "500 Internal Server Error",
    "/odd": "799 Odd",
    "/moved": "301 Moved Permanently\r\nLocation: /ok",
    "/moved-too": "308 Permanent Redirect\r\nLocation: /moved",
    "/for-now": "302 Found\r\nLocation: /ok",
    "/moved-then-for-now": "301 Moved Permanently\r\nLocation: /for-now#part",
    "/moved-to-nothing": "301 Moved Permanently\r\nLocation: /nothing",
    "/moved-to-closed": "301 Moved Permanently\r\nLocation: /closed",
    "/moved-nowhere": "301 Moved Permanently",
    "/round": "302 Found\r\nLocation: /round",
    "/to-file": "302 Found\r\nLocation: file:///etc/passwd",
    "/to-script": "301 Moved Permanently\r\nLocation: javascript:alert(1)",
    "/to-nonsense": "302 Found\r\nLocation: http://[::1",
    "/to-length": f"301 Moved Permanently\r\nLocation: /{'x' * 3_000}",
    "/to-umlaut": "301 Moved Permanently\r\nLocation: /ok?straße=1 2",
    "/capitals": "301 Moved Permanently\r\nLocation: HTTP://{host}/ok",
    "/to-private": "302 Found\r\nLocation: http://127.0.0.2:{port}/secret",
    "/much-later": "429 Too Many Requests\r\nRetry-After: 86400",
    "/bad-wait": "503 Service Unavailable\r\nRetry-After: soon",
    "/long-head": "200 OK\r\nX: " + "x" * 100_000,
}
"""Status lines with headers, by path; all else isn't there."""


class Lighthouse(socketserver.ThreadingTCPServer):
    """Answers by path, and remembers what it was asked and how."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("0.0.0.0", 0), _Answering)
        self.host = f"127.0.0.1:{self.server_address[1]}"
        self.asked: list[str] = []
        """`METHOD /path` of each request."""
        self.robots = ""
        """Its robots.txt; where it is empty there is none."""
        self.robots_answer = ""
        """What it says in place of it."""
        self.robots_asked = 0
        self.heads: list[str] = []
        """The headers of each request."""
        self.at_once = self.most_at_once = 0
        self.sent = 0
        """Bytes of endless bodies that were taken."""
        self.over = threading.Event()

    def __call__(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}{path}"

    def speak_tls(self) -> None:
        """Answer over TLS from now on."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(PEM)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about those who hang up."""

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(line.partition(" ")[2] == path for line in self.asked)


class _Answering(socketserver.BaseRequestHandler):
    server: Lighthouse
    request: socket.socket

    def handle(self) -> None:
        """Read one request and answer it."""
        data = b""
        while b"\r\n\r\n" not in data:
            if not (more := self.request.recv(65_536)):
                return
            data += more
        line, _, head = data.decode("latin-1").partition("\r\n")
        method, path, _ = line.split(" ")
        if path == "/robots.txt":
            self.server.robots_asked += 1
            answer = self.server.robots_answer or ("200 OK" if self.server.robots else "404 Not Found")
            self._say(answer, self.server.robots.encode())
            return
        self.server.asked.append(f"{method} {path}")
        self.server.heads.append(head)
        self.server.at_once += 1
        self.server.most_at_once = max(self.server.at_once, self.server.most_at_once)
        with suppress(OSError):
            self._answer(method, path)
        self.server.at_once -= 1

    def _answer(self, method: str, path: str) -> None:
        name = path.partition("?")[0].removeprefix("/").replace("-", "_")
        special = getattr(self, f"_{name}", None)
        if special is not None:
            special(method)
        else:
            self._say(ANSWERS.get(path.partition("?")[0], "404 Not Found"))

    def _say(self, answer: str, body: bytes = b"") -> None:
        port = str(self.server.server_address[1])
        filled = answer.replace("{host}", self.server.host).replace("{port}", port)
        self.request.sendall(f"HTTP/1.1 {filled}\r\n\r\n".encode() + body)

    def _no_head(self, method: str) -> None:
        self._say("405 Method Not Allowed" if method == "HEAD" else "200 OK")

    def _head_lies(self, method: str) -> None:
        self._say("404 Not Found" if method == "HEAD" else "200 OK")

    def _head_breaks(self, method: str) -> None:
        self.request.sendall(b"" if method == "HEAD" else b"HTTP/1.1 200 OK\r\n\r\n")

    def _busy(self, _method: str) -> None:
        first = self.server.times("/busy") == 1
        self._say("429 Too Many Requests\r\nRetry-After: 7" if first else "200 OK")

    def _hang(self, _method: str) -> None:
        self.server.over.wait(LONG)

    def _drip(self, _method: str) -> None:
        self.request.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        end = time.monotonic() + LONG
        while time.monotonic() < end and not self.server.over.wait(0.02):
            self.request.sendall(b"x")

    def _go_on(self, _method: str) -> None:
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            self.request.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _reset(self, _method: str) -> None:
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.request.close()

    def _garbage(self, _method: str) -> None:
        self.request.sendall(b"\x16\x03\x01 I am a teapot\r\n\r\n\0\0")

    def _endless(self, method: str) -> None:
        self._say("405 Method Not Allowed" if method == "HEAD" else "200 OK")
        end = time.monotonic() + LONG
        while method == "GET" and time.monotonic() < end:
            self.server.sent += self.request.send(bytes(65_536))

    def _bomb(self, method: str) -> None:
        if method == "HEAD":
            self._say("405 Method Not Allowed")
        else:
            self._say("200 OK\r\nContent-Encoding: gzip", BOMB)


@contextmanager
def lit() -> Iterator[Lighthouse]:
    """A lighthouse at work."""
    with Lighthouse() as house:
        thread = threading.Thread(target=house.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield house
        finally:
            house.over.set()
            house.shutdown()
            thread.join()
