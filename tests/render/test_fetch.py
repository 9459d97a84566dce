"""What a page may open: nothing over a network, nothing outside the given folders, nothing that hangs."""

from __future__ import annotations

import base64
import http.server
import os
import re
import shutil
import signal
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pipeline.problem import Refused
from pipeline.render import fonts
from pipeline.render.fetch import Denied, LocalFetcher
from pipeline.render.pdf import pdf
from tests.render.paper import ASSETS, page

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SECRET = "xyzzy-top-secret"


class Listener(http.server.BaseHTTPRequestHandler):
    """Answer every request, and remember that it came."""

    heard: list[str]

    def do_GET(self) -> None:
        """Redirect /redirect, and give an image for all else."""
        self.heard.append(self.path)
        redirects = self.path == "/redirect"
        self.send_response(302 if redirects else 200)
        self.send_header(*(("Location", "/x") if redirects else ("Content-Type", "image/svg+xml")))
        self.end_headers()
        self.wfile.write(SVG.format("").encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and the requests it has had."""
    handler = type("Remembering", (Listener,), {"heard": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", handler.heard  # type: ignore[attr-defined]
        running.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with assets full of traps, beside files that nobody may read."""
    root = tmp_path_factory.mktemp("house")
    assets = root / "assets"
    assets.mkdir()
    shutil.copytree(fonts.folder(ASSETS), assets / "fonts")
    (root / "secret.css").write_text(f'p::after{{content:"{SECRET}"}}')
    (root / "secret.png").write_bytes(PNG + SECRET.encode())
    (assets / "ok.png").write_bytes(PNG)
    (assets / "fake.png").write_text(SECRET)
    (assets / "notes.txt").write_text(SECRET)
    (assets / "link.css").symlink_to(root / "secret.css")
    (assets / "zero.png").symlink_to("/dev/zero")
    (assets / "passwd.css").symlink_to("/etc/passwd")
    os.mkfifo(assets / "pipe.png")
    (assets / "folder.png").mkdir()
    (assets / "x.eps").write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n")
    return root


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """Stop a test that waits for a pipe or an endless file."""

    def stop(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def leaked(data: bytes) -> bool:
    """Whether a secret is anywhere in a PDF, packed or not."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    unpacked = [zlib.decompressobj().decompress(each) for each in streams if each.startswith(b"\x78")]
    return any(word in part for word in (b"root:x:", SECRET.encode()) for part in [data, *unpacked])


def embedded(svg: str) -> str:
    """An SVG image as a `data:` URL."""
    return f"data:image/svg+xml,{quote(svg)}"


REMOTE = {
    "image": '<img alt="x" src="{url}/a.png">',
    "image without a scheme": '<base href="http://x/"><img alt="x" src="//{host}/a.png">',
    "base": '<base href="{url}/"><img alt="x" src="a.png">',
    "redirect": '<img alt="x" src="{url}/redirect">',
    "import": "<style>@import url({url}/a.css);</style>",
    "stylesheet": '<link rel="stylesheet" href="{url}/a.css">',
    "background": '<p style="background:url({url}/a)">x</p>',
    "page background": "<style>@page{{background:url({url}/a)}}</style>",
    "font": "<style>@font-face{{font-family:q;src:url({url}/f.ttf)}}i{{font-family:q}}</style><i>x</i>",
    "content": "<style>p::before{{content:url({url}/a)}}</style><p>x</p>",
    "list marker": '<ul style="list-style-image:url({url}/a)"><li>x</li></ul>',
    "border image": '<p style="border:9px solid;border-image-source:url({url}/a)">x</p>',
    "colour profile": "<style>@color-profile --x{{src:url({url}/a.icc)}}</style>",
    "object": '<object data="{url}/a.svg"></object>',
    "embed": '<embed src="{url}/a.svg">',
    "inline drawing": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>'
    '<image href="{url}/a" width="9" height="9"/></svg>',
    "image in an image": '<img alt="x" src="'
    + embedded(SVG.format('<image xlink:href="URL/a" width="9" height="9"/>')).replace("URL", "{url}")
    + '">',
    "file transfer": '<img alt="x" src="ftp://{host}/a.png">',
}

NEVER_FETCHED = {
    "attachment": '<link rel="attachment" href="{url}/a">',
    "frame": '<iframe src="{url}/a"></iframe>',
    "script": '<script src="{url}/a.js"></script>',
    "refresh": '<meta http-equiv="refresh" content="0;url={url}/a">',
    "video": '<video poster="{url}/a"></video>',
    "old attributes": '<table background="{url}/a"><tr><th scope="col">x</th></tr></table>',
    "use in a drawing": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>'
    '<use href="{url}/a#x"/></svg>',
    "source set": '<picture><source srcset="{url}/a"></picture>',
}

LOCAL = {
    "file above": '<link rel="stylesheet" href="file://{assets}/../secret.css"><p>x</p>',
    "file above, encoded": '<link rel="stylesheet" href="file://{assets}/%2e%2e/secret.css"><p>x</p>',
    "scheme in capitals": '<link rel="stylesheet" href="FILE://{root}/secret.css"><p>x</p>',
    "password file": '<link rel="stylesheet" href="file:///etc/passwd"><p>x</p>',
    "host": '<img alt="x" src="file://127.0.0.1{assets}/ok.png">',
    "link out of the folder": '<link rel="stylesheet" href="file://{assets}/link.css"><p>x</p>',
    "link to the password file": '<link rel="stylesheet" href="file://{assets}/passwd.css"><p>x</p>',
    "endless file": '<img alt="x" src="file://{assets}/zero.png">',
    "pipe": '<img alt="x" src="file://{assets}/pipe.png">',
    "folder": '<img alt="x" src="file://{assets}/folder.png">',
    "no such file": '<img alt="x" src="file://{assets}/none.png">',
    "text as an image": '<img alt="x" src="file://{assets}/fake.png">',
    "other kind of file": '<img alt="x" src="file://{assets}/notes.txt">',
    "program as an image": '<img alt="x" src="file://{assets}/x.eps">',
    "zero byte": '<img alt="x" src="file://{assets}/ok.png%00.png">',
    "relative": '<img alt="x" src="assets/ok.png">',
    "page in a page": '<object data="data:text/html,x"></object>',
    "attached file": '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "entity": '<img alt="x" src="'
    + embedded('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&x;</text>"))
    + '">',
    "many laughs": '<img alt="x" src="'
    + embedded(
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
        + "]>"
        + SVG.format("<text>&j;</text>")
    )
    + '">',
    "file in an image": '<img alt="x" src="'
    + embedded(SVG.format('<image href="file:///etc/passwd" width="9" height="9"/>'))
    + '">',
    "damaged data": '<img alt="x" src="data:image/png;base64,A">',
}


@pytest.mark.parametrize("name", REMOTE)
def test_remote_resource_is_refused(name: str, server: tuple[str, list[str]]) -> None:
    """Whatever would be fetched over a network is a problem, and no request goes out."""
    url, heard = server
    with pytest.raises(Refused) as caught:
        pdf(page(REMOTE[name].format(url=url, host=url.removeprefix("http://"))), ASSETS)
    assert {problem.rule for problem in caught.value.problems} <= {"denied-resource", "engine-warning"}
    assert heard == []


@pytest.mark.parametrize("name", NEVER_FETCHED)
def test_resource_of_no_use_is_not_fetched(name: str, server: tuple[str, list[str]]) -> None:
    """What paper can't show is not asked for."""
    url, heard = server
    assert pdf(page(NEVER_FETCHED[name].format(url=url)), ASSETS).pages == 1
    assert heard == []


def test_server_hears(server: tuple[str, list[str]]) -> None:
    """The listening server would have noticed a request."""
    import urllib.request

    url, heard = server
    with urllib.request.urlopen(f"{url}/hello") as answer:
        assert answer.status == 200
    assert heard == ["/hello"]
    heard.clear()


@pytest.mark.parametrize("name", LOCAL)
def test_local_resource_is_refused(name: str, house: Path) -> None:
    """Files outside, links out, pipes, devices, wrong kinds and tricks with entities are problems."""
    body = LOCAL[name].format(root=house, assets=house / "assets") if "{" in LOCAL[name] else LOCAL[name]
    with pytest.raises(Refused) as caught:
        pdf(page(body, assets=house / "assets"), house / "assets")
    assert {problem.rule for problem in caught.value.problems} <= {"denied-resource", "engine-warning"}
    assert "fonts" not in str(caught.value)


def test_image_of_the_project_is_printed(house: Path) -> None:
    """A regular image file below the allowed folder is printed."""
    body = f'<img alt="A dot" src="{(house / "assets" / "ok.png").as_uri()}">'
    data = pdf(page(body, assets=house / "assets"), house / "assets").data
    assert b"/Subtype /Image" in data
    assert not leaked(data)


def test_leak_would_be_found(house: Path) -> None:
    """The search for secrets finds one that is there."""
    assert leaked(b"stream\n" + zlib.compress(b"a root:x: b") + b"\nendstream")
    assert leaked((house / "secret.png").read_bytes())


def test_denials_are_remembered_with_reasons(house: Path) -> None:
    """Every refusal stays with the fetcher, for the engine swallows it."""
    fetcher = LocalFetcher([house / "assets"])
    for url in ("https://example.org/a.png", "file:///etc/passwd", "javascript:alert(1)", ""):
        with pytest.raises(Denied):
            fetcher.fetch(url)
    assert list(fetcher.denials.values()) == [
        "only files of the project and embedded images can be used",
        "it lies outside the folders a page may use",
        "only files of the project and embedded images can be used",
        "only files of the project and embedded images can be used",
    ]


def test_large_file_is_refused(house: Path) -> None:
    """A file of more than twenty megabytes is refused after reading that much."""
    big = house / "assets" / "big.png"
    with big.open("wb") as file:
        file.write(PNG)
        file.truncate(30_000_000)
    with pytest.raises(Denied, match="more than 20 megabytes"):
        LocalFetcher([house / "assets"]).fetch(big.as_uri())


def test_problem_names_the_resource_and_the_reason() -> None:
    """A reader learns what was asked for, and why it is not to be had; the engine's own log line is not repeated."""
    with pytest.raises(Refused) as caught:
        pdf(page('<img alt="x" src="https://example.org/a.png">'), ASSETS)
    (problem,) = caught.value.problems
    assert problem.headline == (
        "briefs/open-models.yaml:1:1: error: the page asks for https://example.org/a.png, "
        "and only files of the project and embedded images can be used [denied-resource]"
    )
