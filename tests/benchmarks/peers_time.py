"""Time a library of 50 briefs and 500 YAML files against other programs: `python tests/benchmarks/peers_time.py`.

All set the same words, in two processes. Ours makes HTML and a PDF that is PDF/A-3a and PDF/UA-1; pandoc with
WeasyPrint makes HTML and PDF, pandoc with Typst PDF alone. Typst is the package of PyPI behind a script, which costs it
some 30 ms a brief. Theirs start from nothing for each brief, so half of the briefs tell what all take.
Then one argument that three briefs show is edited, which is told as a part of the whole build and beside what Typst
takes for these three; and then nothing is. All are run turn by turn, so that other load falls on each; printed are
medians of ratios, and one above its limit ends with 1. What else sets briefs on paper is told without a limit.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.render.pandoc import PANDOC
from tests.benchmarks import corpus
from tests.benchmarks.spent import Spent, spent

BRIEFS = 50
PART = 25
"""How many of them the others set."""
FEW = 4
"""How many are set by what is told without a limit."""
ROUNDS = 3
AGAIN = 15
"""How often what takes no time is run."""
LIMITS = {"weasyprint": 0.27, "typst": 1.4, "edited": 0.08, "edited, typst": 1.0, "unchanged": 6.0}
ROOT = Path(__file__).parents[2]
HERE = Path(sys.executable).parent
STYLE = ROOT / "assets/styles/apa-numeric-superscript-brackets.csl"
EDITED = "briefs/arguments/argument-0.yaml"
LOOK = """\
@font-face { font-family: Serif4; src: url(ROOT/assets/fonts/SourceSerif4-Regular.ttf) }
@font-face { font-family: Serif4; font-weight: 700; src: url(ROOT/assets/fonts/SourceSerif4-Bold.ttf) }
@font-face { font-family: Serif4; font-style: italic; src: url(ROOT/assets/fonts/SourceSerif4-It.ttf) }
@font-face { font-family: Sans3; font-weight: 700; src: url(ROOT/assets/fonts/SourceSans3-Bold.ttf) }
@page { size: A4; margin: 20mm; @bottom-right { content: counter(page) " of " counter(pages) } }
html { font: 10pt/1.4 Serif4; hyphens: auto }
h1, h2, h3 { font-family: Sans3; font-weight: 700 }
"""
TYPST = """\
#!PYTHON
import sys, typst
words = [word for word in sys.argv[2:] if not word.startswith("--")]
typst.compile(words[0], output=words[1], font_paths=["ROOT/assets/fonts"])
"""


def made(root: Path) -> Path:
    """Everything that is measured on, in a folder."""
    corpus.library(root, BRIEFS)
    corpus.markdown(root / "md", BRIEFS)
    for name in ("templates", "assets"):
        (root / name).symlink_to(ROOT / name)
    (root / "md/look.css").write_text(LOOK.replace("ROOT", ROOT.as_uri()), encoding="utf-8")
    typst = root / "bin/typst"
    typst.parent.mkdir()
    typst.write_text(TYPST.replace("PYTHON", sys.executable).replace("ROOT", str(ROOT)), encoding="utf-8")
    typst.chmod(0o755)
    return root


def ours(root: Path) -> Spent:
    """Build the library."""
    return spent([HERE / "openbrief", "-C", root, "build", "--jobs", "2"], ROOT)


def theirs(root: Path, briefs: int, *commands: str) -> Spent:
    """Run pandoc on each of so many briefs, two at a time; every command is given what all have in common."""
    common = f"{PANDOC} {{}}.md -s --citeproc --bibliography references.json --csl {STYLE}"
    line = " && ".join(f"{common} {command}" for command in commands)
    each = f"seq 0 {briefs - 1} | sed s/^/brief-/ | xargs -P2 -I{{}} sh -c '{line}'"
    return spent(["sh", "-c", each], root / "md", {"PATH": f"{root / 'bin'}:{HERE}:{os.environ['PATH']}"})


def weasyprint(root: Path) -> Spent:
    """HTML and PDF by pandoc and WeasyPrint."""
    return theirs(root, PART, "-c look.css -o {}.html", "-c look.css --pdf-engine=weasyprint -o {}.pdf")


def typst(root: Path, briefs: int = PART) -> Spent:
    """PDF by pandoc and Typst."""
    font = '-V mainfont="Source Serif 4" -V fontsize=10pt -V papersize=a4'
    return theirs(root, briefs, f"{font} --pdf-engine=typst -o {{}}.typst.pdf")


def one_by_one(root: Path) -> Spent:
    """A process of ours for each brief, two at a time, as programs for one document have it."""
    build = f"{HERE / 'openbrief'} -C {root} build {{}} --fresh --jobs 1 --output alone/{{}}"
    return spent(["sh", "-c", f"seq 0 {FEW - 1} | sed s/^/brief-/ | xargs -P2 -I{{}} {build}"], root)


def xelatex(root: Path) -> Spent:
    """PDF by pandoc and XeLaTeX."""
    return theirs(root, FEW, "-V fontsize=10pt -V papersize=a4 --pdf-engine=xelatex -o {}.tex.pdf")


def chromium(root: Path) -> Spent:
    """HTML by pandoc, PDF by a browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    render = (
        f"{browser} --headless --no-sandbox --user-data-dir=chromium-{{}} --print-to-pdf={{}}.chromium.pdf {{}}.html"
    )
    common = f"{PANDOC} {{}}.md -s --citeproc --bibliography references.json --csl {STYLE} -c look.css -o {{}}.html"
    each = f"seq 0 {FEW - 1} | sed s/^/brief-/ | xargs -P2 -I{{}} sh -c '{common} && {render}'"
    return spent(["sh", "-c", each], root / "md")


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BESIDES: dict[str, tuple[Callable[[Path], Spent], tuple[str, ...]]] = {
    "a process for each": (one_by_one, ("sh",)),
    "pandoc, XeLaTeX": (xelatex, ("xelatex",)),
    "pandoc, Chromium": (chromium, BROWSERS),
}
"""What is told without a limit, and the programs of which it needs one."""


def edit(root: Path, number: int) -> None:
    """Change one argument."""
    path = root / EDITED
    path.write_text(
        path.read_text(encoding="utf-8").replace("claim: The ", f"claim: The {'very ' * number}", 1), "utf-8"
    )


def measured(root: Path) -> dict[str, list[float]]:
    """The ratios of every round."""
    found: dict[str, list[float]] = {name: [] for name in (*LIMITS, "weasyprint, CPU", "typst, CPU", "edited, CPU")}
    whole = BRIEFS / PART
    for number in range(1, ROUNDS + 1):
        shutil.rmtree(root / "public", ignore_errors=True)
        shutil.rmtree(root / "build", ignore_errors=True)
        cold, one, other = ours(root), weasyprint(root), typst(root)
        found["weasyprint"].append(cold.wall / one.wall / whole)
        found["typst"].append(cold.wall / other.wall / whole)
        found["weasyprint, CPU"].append(cold.cpu / one.cpu / whole)
        found["typst, CPU"].append(cold.cpu / other.cpu / whole)
        edit(root, number)
        edited, three = ours(root), typst(root, corpus.SHARING)
        found["edited"].append(edited.wall / cold.wall)
        found["edited, typst"].append(edited.wall / three.wall)
        found["edited, CPU"].append(edited.cpu / cold.cpu)
        sys.stderr.write(f"round {number}: ours {cold}, edited {edited}; {PART} briefs: weasyprint {one}, ")
        sys.stderr.write(f"typst {other}; {corpus.SHARING}: typst {three}\n")
    for _ in range(AGAIN):
        empty = spent([sys.executable, "-c", "pass"], ROOT)
        found["unchanged"].append(ours(root).wall / empty.wall)
    return found


def besides(root: Path) -> dict[str, str]:
    """What else sets briefs on paper, and how long each brief takes so."""
    told = {}
    for name, (run, programs) in BESIDES.items():
        if any(map(shutil.which, programs)):
            took = run(root)
            told[name] = f"{took.wall / FEW:.2f} s a brief, {took.cpu / FEW:.2f} s of processor"
        else:
            told[name] = "not installed"
    return told


def main() -> int:
    """Print each ratio beside its limit, then what has none."""
    with tempfile.TemporaryDirectory() as folder:
        root = made(Path(folder).resolve())
        found, further = measured(root), besides(root)
    over = False
    for name, ratios in found.items():
        ratio, limit = median(ratios), LIMITS.get(name)
        over |= limit is not None and ratio > limit
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        sys.stdout.write(f"{name:<18} {ratio:5.2f} ({spread})" + (f", at most {limit:g}\n" if limit else "\n"))
    sys.stdout.writelines(f"{name:<18} {words}\n" for name, words in further.items())
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
