"""Hostile input is refused at its place, and neither the last release, nor a file outside, nor the network is touched.

Each test goes the whole way, from the command line over the example library; what a stage refuses by itself
is tested with that stage.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.cli import _code
from tests import example

pytestmark = pytest.mark.slow
BRIEF = "briefs/first-brief.yaml"
HOUSE = "briefs/house.yaml"
HEAD = "templates/page/masthead.html.jinja"
SHEET = "assets/css/paper.css"
STYLE = "assets/styles/apa-numeric-superscript-brackets.csl"
SECRET = "a-secret-that-nobody-may-read"
WHY_NOW = "Winter is near."


class Said(NamedTuple):
    """How a command ended."""

    code: int
    text: str


Attack = Callable[..., Said]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one brief with a release."""
    root = tmp_path_factory.mktemp("released") / "project"
    (example.make(root) / "second-brief.yaml").unlink()
    assert _code(["-C", str(root), "build"]) == 0
    return root


@pytest.fixture
def project(released: Path, tmp_path: Path) -> Path:
    """A copy of the project, with a secret beside it."""
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secret.css").write_text(f"h1::after {{content: '{SECRET}'}}", encoding="utf-8")
    return Path(shutil.copytree(released, tmp_path / "project"))


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and the requests it has had."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"127.0.0.1:{listening.server_port}", requests
        listening.shutdown()
        thread.join()


@pytest.fixture
def attack(project: Path, server: tuple[str, list[str]], capsys: pytest.CaptureFixture[str]) -> Attack:
    """Build after a change, and see that nothing leaked, left or crashed; a refusal changes no byte of the release."""

    def build(file: str = "", new: str | bytes = "", old: str | None = None) -> Said:
        if file:
            _change(project / file, new, old)
        before = _tree(project / "public")
        code = _code(["-C", str(project), "build"])
        after = _tree(project / "public")
        said = "".join(capsys.readouterr())
        assert code == 0 or after == before
        assert server[1] == []
        everything = b"".join(after.values()) + said.encode()
        assert not [secret for secret in (b"root:x:", SECRET.encode(), b"Traceback") if secret in everything]
        return Said(code, said)

    return build


def _change(path: Path, new: str | bytes, old: str | None) -> None:
    """Put `new` in the place of `old`, or of all, or at the end where `old` is empty."""
    if isinstance(new, bytes):
        path.write_bytes(new)
        return
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert old is None or old in text
    text = new if old is None else text + new if old == "" else text.replace(old, new, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_an_unchanged_library_is_built(attack: Attack) -> None:
    """What the attacks change is good by itself."""
    assert attack().code == 0


# ---------------------------------------------------------------------------- YAML

_LAUGHS = "a: &a [x]\n" + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in pairwise("abcdefghi"))


@pytest.mark.parametrize(
    ("new", "place", "rule"),
    [
        pytest.param("why_now: !!python/object/apply:os.system ['id']", "8:10", "yaml-feature", id="Y1 tag"),
        pytest.param("why_now: " + "[" * 100_000, "8:73", "too-large", id="Y2 brackets"),
        pytest.param("why_now: &a [*a]", "8:10", "yaml-feature", id="Y3 circle"),
        pytest.param("why_now: A.\nwhy_now: B.", "9:1", "duplicate-key", id="Y4 key twice"),
        pytest.param("<<: {why_now: A.}", "8:1", "yaml-feature", id="Y4 merge"),
        pytest.param("why_now: A.\n---\na: b", "9:1", "yaml-feature", id="Y4 second document"),
        pytest.param("why_now:\n\t- A.", "9:1", "syntax", id="Y4 tab"),
        pytest.param("why_now: A\u0007.", "8:11", "hidden-character", id="Y4 bell"),
        pytest.param('why_now: "\\ud800"', "8:13", "syntax", id="Y4 half a character"),
        pytest.param("why_now: A.\n# " + "x" * 3_000_000, "1:1", "too-large", id="Y4 3 MB"),
        *(
            pytest.param(f"why_now: A{sign}.", "8:11", "hidden-character", id=f"Y6 U+{ord(sign):04X}")
            for sign in "\u202e\u2066\u200b\U000e0041"
        ),
    ],
)
def test_hostile_yaml_is_refused(new: str, place: str, rule: str, attack: Attack) -> None:
    """Y1 to Y4 and Y6: what YAML could run, blow up, hide or say twice."""
    said = attack(BRIEF, new, f"why_now: {WHY_NOW}")
    assert said.code == 1
    assert f"{BRIEF}:{place}: error: " in said.text
    assert f"[{rule}]" in said.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(_LAUGHS.encode(), "1:4: error: '&a' is a YAML anchor [yaml-feature]", id="Y3 billion laughs"),
        pytest.param(b"", "1:1: error: the file is empty [syntax]", id="Y4 empty"),
        pytest.param(b"title: \xed\xa0\x80", "1:8: error: the file is not UTF-8", id="Y4 surrogate"),
        pytest.param(example.BRIEF.encode("utf-16"), "1:1: error: the file is not UTF-8", id="UTF-16"),
    ],
)
def test_hostile_files_are_refused(data: bytes, said: str, attack: Attack) -> None:
    """Y3 and Y4: whole files that are not what they should be."""
    found = attack(BRIEF, data)
    assert found.code == 1
    assert f"{BRIEF}:{said}" in found.text


def _pages(project: Path) -> dict[str, bytes]:
    return {name: data for name, data in _tree(project / "public").items() if name.endswith(".html")}


def test_other_ways_to_write_the_same_are_accepted(attack: Attack, project: Path) -> None:
    """Y4: a byte order mark and line ends of other systems change no page; a PDF carries the file as it was written."""
    before = _pages(project)
    assert attack(BRIEF, b"\xef\xbb\xbf" + example.BRIEF.replace("\n", "\r\n").encode()).code == 0
    assert _pages(project) == before


def test_text_is_printed_as_typed(attack: Attack, project: Path) -> None:
    """Y5 and J3: no word becomes a truth value, a number or a time, and braces in a plain text are no template."""
    typed = "actor: no\n    action: '{{ 7*7 }} {% raw %}'\n    timeframe: 12:30 0777 ="
    old = "actor: The harbour board\n    action: light\n    timeframe: within a year"
    assert attack(BRIEF, typed, old).code == 0
    page = (project / "public/first-brief/index.html").read_text(encoding="utf-8").replace("&nbsp;", " ")
    assert "no · 12:30 0777 = · " in page
    assert "{{ 7*7 }} {% raw %}" in page


# ---------------------------------------------------------------------------- templates


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("{{ ''.__class__.__mro__ }}", id="J1 class"),
        pytest.param("{{ cycler.__init__.__globals__ }}", id="J1 globals"),
        pytest.param("{{ '{0.__class__}'.format(title) }}", id="J1 format"),
        pytest.param("{{ title | attr('__class__') }}", id="J1 attr"),
        pytest.param("{{ 'x' * 10 ** 10 }}", id="J2 long"),
        pytest.param("{{ 10 ** 10 ** 8 }}", id="J2 power"),
        pytest.param("{% for i in range(10 ** 9) %}x{% endfor %}", id="J2 loop"),
        pytest.param("{% include '/etc/passwd' %}", id="J4 absolute"),
        pytest.param("{% include '../../secret.txt' %}", id="J4 upwards"),
        pytest.param("{{ no_such_name }}", id="J5 undefined"),
    ],
)
def test_hostile_templates_are_refused(hostile: str, attack: Attack) -> None:
    """J1, J2, J4 and J5: a template that reaches out, makes too much, or names nothing, at its line."""
    said = attack(HEAD, hostile, None)
    assert said.code == 1
    assert f"{HEAD}:1:1: error: " in said.text or "templates/../../secret.txt" in said.text or "etc/passwd" in said.text
    assert "[template]" in said.text


def test_markup_in_plain_text_is_text(attack: Attack, project: Path) -> None:
    """J6: titles and names can't close an element or an attribute, nor run anything."""
    _change(project / HOUSE, "name: O'Hara\" onload=x <b>", "name: Example house")
    assert (
        attack(BRIEF, "title: '</title><script>alert(1)</script>'", "title: Light every harbour in the country").code
        == 0
    )
    for name in ("index.html", "first-brief/index.html"):
        page = (project / "public" / name).read_text(encoding="utf-8")
        page = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", page)
        assert "&lt;/title&gt;&lt;script&gt;" in page
        assert "<script>" not in page
        assert '" onload' not in page


# ---------------------------------------------------------------------------- prose


@pytest.mark.parametrize(
    ("hostile", "rule"),
    [
        *(
            pytest.param(markup, "raw-html", id=f"H1 {markup[:12]}")
            for markup in (
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
                "<math><mtext><table><mglyph><style><img title='</style><img onerror=alert(1)>'></math>",
                "<iframe srcdoc='<b>'></iframe>",
                "<base href='//evil.example'>",
                "<meta http-equiv=refresh content=0>",
                "<form action='//evil.example'>",
                "<noscript><p title='</noscript><img onerror=alert(1)>'>",
            )
        ),
        pytest.param("![](http://t.example/pixel.png)", "image-in-text", id="H2 pixel"),
        pytest.param("![](/etc/passwd)", "image-in-text", id="H2 and P2 image"),
        *(
            pytest.param(f"[x]({target})", "unsafe-link", id=f"H2 {target[:14]}")
            for target in (
                "//evil.example",
                "javascript:alert(1)",
                "JaVa&#x09;Script:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "/etc/passwd",
                "../secret.txt",
            )
        ),
        pytest.param(
            "---\nheader-includes: <script>\nbibliography: /etc/passwd\n---", "unsupported-markup", id="H3 P2"
        ),
        pytest.param("```{=html}\n<script>\n```", "raw-html", id="H3 raw block"),
        pytest.param("`<b>`{=html}", "raw-html", id="H3 raw inline"),
        pytest.param("[a]{onmouseover=alert(1)}", "unsupported-markup", id="H3 span"),
        pytest.param("[a]{.smallcaps}", "unsupported-markup", id="H3 small capitals"),
        pytest.param("::: {onclick=alert(1)}\nx\n:::", "unsupported-markup", id="H3 div"),
        pytest.param("# A {onclick=alert(1)}", "unsupported-markup", id="H3 heading"),
        pytest.param("{{ 7*7 }}", "unknown-figure", id="J3 braces"),
    ],
)
def test_hostile_prose_is_refused(hostile: str, rule: str, attack: Attack) -> None:
    """H1 to H3 and P2: what could run, load, read or lead astray, at the text it stands in."""
    lines = "\n".join(f"  {line}".rstrip() for line in hostile.split("\n"))
    said = attack(BRIEF, f"background: |\n{lines}\n\n", "background: |\n")
    assert said.code == 1
    assert f"{BRIEF}:1" in said.text
    assert f"[{rule}]" in said.text


def test_a_reason_for_no_estimate_stays_in_its_cell(attack: Attack, project: Path) -> None:
    """A stroke in a text divides no cell, so that nothing of the row is lost."""
    reason = "{not-estimated: 'no data | none ::: `x`'}"
    assert (
        attack(BRIEF, f"benefits: {reason}, harms: Wrecks., costs", "benefits: Calm., harms: Wrecks., costs").code == 0
    )
    page = (project / "public/first-brief/index.html").read_text(encoding="utf-8")
    assert "no data | none ::: " in page
    assert "<td>Small.</td>" in page


# ---------------------------------------------------------------------------- what pages ask for


def test_the_page_asks_nothing_of_the_network(attack: Attack, server: tuple[str, list[str]]) -> None:
    """W1: each of these is refused by its address, and none is asked for."""
    address = server[0]
    markup = [
        f"<img src='http://{address}/img.png'>",
        f"<img src='//{address}/host.png'>",
        f"<object data='http://{address}/object.png'></object>",
        f"<embed src='http://{address}/embed.png'>",
        f"<svg width='9' height='9'><image href='http://{address}/svg.png'/></svg>",
        f"<link rel='stylesheet' href='http://{address}/link.css'>",
        f"<p style='background:url(http://{address}/style.png)'>x</p>",
        f"<p style='list-style-image:url(http://{address}/list.png);display:list-item'>x</p>",
        f"<p style='border-image:url(http://{address}/border.png)'>x</p>",
        f"<p style='content:url(http://{address}/content.png)'>x</p>",
    ]
    said = attack(HEAD, "\n".join(markup), "")
    assert said.code == 1
    unsaid = [name for name in ("img", "object", "embed", "svg", "link", "style") if f"/{name}." not in said.text]
    assert unsaid == []
    assert "[denied-resource]" in said.text


def test_the_stylesheet_asks_nothing_of_the_network(attack: Attack, server: tuple[str, list[str]]) -> None:
    """W1: imports, fonts and pictures of stylesheets are refused too."""
    address = server[0]
    rules = [
        f"@font-face {{font-family: X; src: url(http://{address}/font.ttf)}}",
        f"@page {{background: url(http://{address}/page.png)}}",
        f"h1 {{background: url(http://{address}/background.png); font-family: X}}",
    ]
    said = attack(SHEET, "\n".join(rules), "")
    assert said.code == 1
    assert f"{address}/background.png" in said.text
    assert "[denied-resource]" in said.text


@pytest.mark.parametrize("redirect", ["http", "ftp"])
def test_a_base_address_leads_nowhere(redirect: str, attack: Attack, server: tuple[str, list[str]]) -> None:
    """W1: a base for relative addresses makes them no better."""
    said = attack(HEAD, f"<base href='{redirect}://{server[0]}/'><img src='x.png'>", "")
    assert said.code == 1
    assert "[denied-resource]" in said.text


def test_the_page_reads_nothing_outside(attack: Attack, project: Path) -> None:
    """W2: no way of writing an address leads out of assets/, waits for a pipe or reads a device."""
    assets = project / "assets"
    (assets / "linked.png").symlink_to("/etc/passwd")
    (assets / "zero.png").symlink_to("/dev/zero")
    os.mkfifo(assets / "pipe.png")
    root = project.as_uri()
    addresses = [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file://host/etc/passwd",
        f"{root}/../secret.css",
        f"{root}/assets/../../secret.css",
        f"{root}/assets/%2e%2e/%2e%2e/secret.css",
        f"{root}/assets/linked.png",
        f"{root}/assets/zero.png",
        f"{root}/assets/pipe.png",
        "data:text/html,x",
        f"{root}/assets/x.eps",
    ]
    markup = [f"<img src='{address}'><object data='{address}'></object>" for address in addresses]
    markup += [
        "<a rel=attachment href='file:///etc/passwd'>x</a>",
        f"<link rel=stylesheet href='{root}/../secret.css'>",
    ]
    said = attack(HEAD, "\n".join(markup), "")
    assert said.code == 1
    assert said.text.count("[denied-resource]") >= 8


_XXE = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
_BOMB = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi"))


@pytest.mark.parametrize(
    ("svg", "said"),
    [
        pytest.param(_XXE, "1:15", id="W3 outside entity"),
        pytest.param(f'<!DOCTYPE svg [<!ENTITY a "ha">{_BOMB}]><svg>&i;</svg>', "1:15", id="W3 billion laughs"),
        pytest.param("<svg>\n<script>alert(1)</script></svg>", "2:1", id="script"),
        pytest.param("<svg onload='alert(1)'/>", "1:1", id="onload"),
        pytest.param("<svg>\n<image href='http://127.0.0.1/x.png'/></svg>", "2:1", id="image"),
        pytest.param("<svg>\n<a href='javascript:alert(1)'/></svg>", "2:1", id="link"),
        pytest.param("<svg>\n<style>@import 'x.css'</style></svg>", "2:1", id="style"),
        pytest.param("<svg>\n<rect fill='url(http://127.0.0.1/x)'/></svg>", "2:1", id="address"),
        pytest.param("<svg>\n<foreignObject><iframe src='x'/></foreignObject></svg>", "2:1", id="foreign object"),
        pytest.param("not a drawing", "1:1", id="text"),
        pytest.param("", "1:1", id="empty"),
    ],
)
def test_a_hostile_logo_is_refused(svg: str, said: str, attack: Attack, project: Path) -> None:
    """W3: a logo only draws, for it stands in every page."""
    (project / "assets/hostile.svg").write_text(svg, encoding="utf-8")
    found = attack(HOUSE, "brand: {logo: hostile.svg}\nname: ", "name: ")
    assert found.code == 1
    assert f"assets/hostile.svg:{said}: error: " in found.text
    assert "[logo]" in found.text


def test_a_brief_nested_too_deeply_is_refused(attack: Attack) -> None:
    """W4: what exhausts the engine is the brief's problem, not a crash."""
    said = attack(BRIEF, f"why_now: '{'> ' * 300}x'", f"why_now: {WHY_NOW}")
    assert said.code == 1
    assert f"{BRIEF}:1:1: error: the brief can't be set on paper: its parts are nested too deeply" in said.text


# ---------------------------------------------------------------------------- tools and files


def test_another_pandoc_is_never_run(
    attack: Attack, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P1: a pandoc on PATH, or named by the environment, changes nothing."""
    fake = tmp_path / "bin" / "pandoc"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\ntouch {tmp_path}/hijacked\necho 99.0 HIJACKED\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYPANDOC_PANDOC", str(fake))
    before = _tree(project / "public")
    assert attack().code == 0
    assert _tree(project / "public") == before
    assert not (tmp_path / "hijacked").exists()


@pytest.mark.parametrize(
    "style",
    [
        pytest.param("<!DOCTYPE style [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><style>&x;</style>", id="entity"),
        pytest.param("not a style", id="text"),
        pytest.param("", id="empty"),
    ],
)
def test_a_hostile_citation_style_is_refused(style: str, attack: Attack) -> None:
    """P2: a style is read as CSL and as nothing else."""
    said = attack(STYLE, style)
    assert said.code == 1
    assert f"{STYLE}:1:1: error: " in said.text
    assert "[citation-style]" in said.text


@pytest.mark.parametrize("style", ["http://127.0.0.1/x.csl", "../../secret", "/etc/passwd"])
def test_a_citation_style_is_a_file_at_hand(style: str, attack: Attack) -> None:
    """P2: neither the network nor other folders are searched for it."""
    said = attack(HOUSE, f"citation_style: {style}", "citation_style: apa-numeric-superscript-brackets")
    assert said.code == 1
    assert f"{HOUSE}:5:17: error: " in said.text


@pytest.mark.parametrize(
    "id", ["../x", "a/b/c", "a\\b", "/etc/x", '"a\\n"', "%2e%2e", ".hidden", "con", "x" * 65, "é", "ﬁ", "A"]
)
def test_hostile_ids_are_refused(id: str, attack: Attack) -> None:
    """F1: an id that could be a path, a device or two things at once."""
    said = attack(BRIEF, f"for: [{id}]", "for: [lights-help]")
    assert said.code == 1
    assert f"{BRIEF}:15:10: error: " in said.text


@pytest.mark.parametrize("name", ["con", "Lights-help", "a b", ".hidden", "é", "x" * 65])
def test_hostile_names_of_files_are_refused(name: str, attack: Attack) -> None:
    """F1: a file whose name can't be that of a published folder."""
    said = attack(f"briefs/arguments/{name}.yaml", example.ARGUMENT)
    assert said.code == 1
    assert f"briefs/arguments/{name}.yaml:1:1: error: " in said.text
    assert "[wrong-file]" in said.text


def test_a_link_in_the_place_of_a_folder_stops_the_release(attack: Attack, project: Path, tmp_path: Path) -> None:
    """F2: nothing is written behind it; the machine, not the content, is to blame."""
    shutil.rmtree(project / "public/first-brief")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / "public/first-brief").symlink_to(elsewhere)
    said = attack()
    assert said.code == 3
    assert "a link or a file stands where a folder must be" in said.text
    assert list(elsewhere.iterdir()) == []


def test_a_link_in_the_place_of_a_file_is_replaced(attack: Attack, project: Path, tmp_path: Path) -> None:
    """F2: the release's file takes its place, and what it led to stays as it was."""
    target = tmp_path / "target"
    target.write_text("as it was", encoding="utf-8")
    page = project / "public/index.html"
    page.unlink()
    page.symlink_to(target)
    assert attack().code == 0
    assert not page.is_symlink()
    assert target.read_text(encoding="utf-8") == "as it was"
