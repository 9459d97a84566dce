"""Templates: what they can do, what they can't, and how a failing one is reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from pipeline import templating
from pipeline.problem import Refused

Render = Callable[..., str]


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """An empty folder of templates in a project."""
    folder = tmp_path / "project" / "templates"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def rendered(templates: Path) -> Render:
    """Render a source under a name, with values."""

    def render(source: str, name: str = "page.html.jinja", **values: object) -> str:
        (templates / name).write_text(source, encoding="utf-8")
        return templating.render(templating.environment(templates), name, **values)

    return render


@pytest.fixture
def tokenised(templates: Path) -> Render:
    """Render a manuscript's source with a finalize that prints how long each text is."""

    def render(source: str, **values: object) -> str:
        (templates / "manuscript.md.jinja").write_text(source, encoding="utf-8")
        sandbox = templating.environment(templates, finalize=lambda text: f"[{len(text)}]")
        return templating.render(sandbox, "manuscript.md.jinja", **values)

    return render


REACHING = [
    "{{ ''.__class__.__mro__ }}",
    "{{ x['__class__'] }}",
    "{{ record.__init__.__globals__ }}",
    "{{ record.act() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum }}",
    "{{ joiner() }}",
    "{% set n = namespace() %}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ '{0.__class__}'.format_map(x) }}",
    "{{ x|attr('__class__') }}",
    "{{ x|format(1) }}",
    "{{ {'a': 1}|xmlattr }}",
    "{{ x|urlize }}",
    "{{ x|pprint }}",
    "{{ [1, 2]|random }}",
    "{{ x|batch(2) }}",
    "{% for k in values %}{{ values.append(1) }}{% endfor %}",
]
SWELLING = [
    "{{ 'x' * 10**10 }}",
    "{{ [0] * 9 }}",
    "{{ 10**10**8 }}",
    "{{ 2**101 }}",
    "{{ 10**15 * 10**16 }}",
    "{% for i in range(10**9) %}{{ i }}{% endfor %}",
    "{{ '%1000000000s' % x }}",
    "{{ '{:1000000000}'.format(x) }}",
    "{{ x.ljust(10**9) }}",
    "{{ x|center(10**9) }}",
    "{{ x|indent(10**9) }}",
    "{{ (1).to_bytes(10**9) }}",
    "{{ values|tojson(indent=10**9) }}",
    "{{ (range(1000)|join(x ~ x))|replace('1', range(1000)|join(x))|replace('2', range(1000)|join(x)) }}",
    "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "{% macro m(t, n) %}{{ m(t ~ t, n - 1) if n }}{% endmacro %}{{ m(x, 60) }}",
]
ESCAPING = ["/etc/passwd", "../secret.txt", "a/../../secret.txt", "..\\\\secret.txt", "linked.txt", "", "a\\0b", "."]


class Thing:
    """A value with a method that a template must not call."""

    def act(self) -> str:
        """Do what a template must not ask for."""
        return "acted"


@pytest.mark.parametrize("source", REACHING + SWELLING)
def test_a_template_cant_reach_or_swell(rendered: Render, source: str) -> None:
    """A template that reaches into Python or makes too much is refused at its line."""
    with pytest.raises(Refused) as refused:
        rendered("first line\n  " + source, x="abcdefghij" * 20, values=[1], record=Thing())
    (problem,) = refused.value.problems
    assert str(problem.mark) == "templates/page.html.jinja:2:3"
    assert problem.rule == "template"
    assert problem.mark.excerpt.strip() == source
    assert problem.message


@pytest.mark.parametrize("name", ESCAPING)
def test_a_template_cant_leave_its_folder(templates: Path, rendered: Render, name: str) -> None:
    """A template outside the folder is not found, by any path or link."""
    (templates.parent / "secret.txt").write_text("secret")
    (templates / "linked.txt").symlink_to(templates.parent / "secret.txt")
    with pytest.raises(Refused, match=r"page\.html\.jinja:1:1: error: no template is called") as refused:
        rendered("{% include '" + name + "' %}")
    assert "secret\n" not in str(refused.value)


def test_a_template_may_stand_in_a_subfolder(templates: Path, rendered: Render) -> None:
    """Partials in a folder below are found."""
    (templates / "parts").mkdir()
    (templates / "parts" / "head.html.jinja").write_text("<b>{{ x }}</b>")
    assert rendered("{% include 'parts/head.html.jinja' %}", x="<") == "<b>&lt;</b>"


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ("a\n\n  {{ missing }}", 3, 3, "'missing' is undefined"),
        ("{{ record.nothing }}", 1, 1, "has no attribute 'nothing'"),
        ("a\n{% if x %}", 2, 1, "Unexpected end of template"),
        ("{{ none }}", 1, 1, "a value that is missing can't be printed"),
        ("{{ 1 / 0 }}", 1, 1, "division by zero"),
        ("{{ 1 + x }}", 1, 1, "has no len()"),
        ("{{ x|nofilter }}", 1, 1, "No filter named 'nofilter'"),
    ],
)
def test_a_mistake_is_reported_at_its_line(rendered: Render, source: str, line: int, column: int, message: str) -> None:
    """Undefined names, syntax errors and failing expressions name the template and the line."""
    with pytest.raises(Refused) as refused:
        rendered(source, x="text", record=Thing())
    (problem,) = refused.value.problems
    assert (problem.mark.line, problem.mark.column) == (line, column)
    assert message in problem.message


def test_a_mistake_in_a_partial_is_reported_there(templates: Path, rendered: Render) -> None:
    """The innermost template is named, not the one that includes it."""
    (templates / "part.html.jinja").write_text("fine\n{{ missing }}\n")
    with pytest.raises(Refused, match=r"^templates/part\.html\.jinja:2:1: error: 'missing' is undefined \[template\]"):
        rendered("{% include 'part.html.jinja' %}")


def test_a_template_in_another_encoding_is_reported(templates: Path) -> None:
    """What is not UTF-8 is a problem of that template."""
    (templates / "a.html.jinja").write_bytes(b"caf\xe9")
    with pytest.raises(Refused, match=r"^templates/a\.html\.jinja:1:1: error: the file is not UTF-8 \[template\]$"):
        templating.render(templating.environment(templates), "a.html.jinja")


def test_an_unknown_template_is_reported(templates: Path) -> None:
    """A template that isn't there is a problem at its own name."""
    with pytest.raises(
        Refused, match=r"^templates/no\.html\.jinja:1:1: error: no template is called 'no\.html\.jinja'"
    ):
        templating.render(templating.environment(templates), "no.html.jinja")


def test_a_failing_function_of_ours_is_no_template_problem(templates: Path) -> None:
    """An exception of another kind than a template's mistakes passes through as it is."""

    def broken() -> str:
        raise OSError("disk")

    (templates / "a.html.jinja").write_text("{{ broken() }}")
    with pytest.raises(OSError, match="disk"):
        templating.render(templating.environment(templates, broken=broken), "a.html.jinja")


@pytest.mark.parametrize("text", ["</title><script>alert(1)</script>", "O'Hara\" onload=x", "a & b", "{{ 7 * 7 }}"])
def test_pages_and_drawings_escape_what_they_print(rendered: Render, text: str) -> None:
    """Text in HTML and SVG can't close its element or attribute, and is never a template itself."""
    for name in ("page.html.jinja", "bars.svg.jinja"):
        shown = rendered('<i title="{{ x }}">{{ x }}</i>', name=name, x=text)
        assert shown.count("<") == 2
        assert shown.count('"') == 2
        assert Markup(shown.split(">")[1].split("<")[0]).unescape() == text


def test_json_can_stand_in_a_script(rendered: Render) -> None:
    """JSON keeps its order and can't close the script element."""
    assert rendered("{{ x|tojson }}", x={"b": "</script>", "a": 1}) == '{"b": "\\u003c/script\\u003e", "a": 1}'


def test_manuscripts_are_not_escaped(rendered: Render) -> None:
    """A Markdown template without a finalize prints text as it is."""
    assert rendered("{{ x }}", name="a.md.jinja", x="<b> & *c*") == "<b> & *c*"


def test_finalize_sees_every_text(tokenised: Render) -> None:
    """Texts go through finalize once, whatever macro, block or expression printed them; numbers and structure don't."""
    macros = "{% macro item(v) %}* {{ v }};{% endmacro %}{% set kept %}{{ x }}{% endset %}"
    assert tokenised(
        macros + "{{ item(x) }}{{ kept }}{{ x ~ '!' }}{{ 3 }}{{ known }}", x="<b>", known=Markup("<i>")
    ) == ("* [3];[3][4]3<i>")
    assert tokenised("{{ x|upper|join(', ') }}|{{ 'fixed' }}", x="ab") == "[4]|[5]"


@pytest.mark.parametrize(
    "source",
    [
        "{{ x|safe }}",
        "{{ x|e }}",
        "{{ x|tojson }}",
        "{{ kept ~ x }}",
        "{{ kept + x }}",
        "{{ [kept, x]|join }}",
        "{{ x|replace('a', kept) }}",
        "{{ kept % x }}",
    ],
)
def test_nothing_gets_past_finalize(tokenised: Render, source: str) -> None:
    """A template can't mark text as its own, nor mix the two in one value."""
    with pytest.raises(Refused):
        tokenised("{% set kept %}{{ x }}{% endset %}" + source, x="abc")


def test_ordinary_templates_work(rendered: Render) -> None:
    """Loops, choices, macros, bounded arithmetic, filters and methods do what they should."""
    source = (
        "{% macro row(n) %}<{{ n }}>{% endmacro %}"
        "{% for i in range(3) %}{{ row(i * 2 + 1) }}{{ loop.cycle('a', 'b') }}{{ ',' if not loop.last }}{% endfor %} "
        "{{ 'x' ~ 1 ~ twice('y') }} {{ 2 ** 10 }} {{ 1.26|round(1) }} {{ 1.6|round }} {{ x.split('-')|join('+') }} "
        "{{ d.get('k') }} {{ [1] + [2] }} {{ 'a-b'|replace('-', '/') }}"
    )
    shown = rendered(source.replace("twice('y')", "'yy'"), x="p-q", d={"k": "v"})
    assert shown == "<1>a,<3>b,<5>a x1yy 1024 1.3 2 p+q v [1, 2] a/b"


def test_functions_are_given_by_name(templates: Path) -> None:
    """A function handed to the environment can be called by every template."""
    (templates / "a.html.jinja").write_text("{{ twice('ab') }}")
    sandbox = templating.environment(templates, twice=lambda text: text * 2)
    assert templating.render(sandbox, "a.html.jinja") == "abab"


def test_what_was_compiled_is_kept_apart(templates: Path) -> None:
    """A template that has changed is compiled anew; escaping and filters are those of each sandbox."""
    source = "{{ text }} {{ '2026-01-01'|day }}"
    (templates / "page.md.jinja").write_text(source, encoding="utf-8")

    def made(day: str, finalize: Callable[[str], str] | None = None) -> str:
        sandbox = templating.environment(templates, finalize=finalize)
        sandbox.filters["day"] = lambda _: day
        return templating.render(sandbox, "page.md.jinja", text="<b>")

    assert made("one") == "<b> one"
    assert made("two") == "<b> two"
    assert made("three", lambda text: f"[{text}]") == "[<b>] [three]"
    assert made("four") == "<b> four"
    (templates / "page.md.jinja").write_text("{{ text }}{{ text }}", encoding="utf-8")
    assert made("five") == "<b><b>"
