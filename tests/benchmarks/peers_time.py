"""Time a library of 50 briefs against other programs that set the same words: `python tests/benchmarks/peers_time.py`.

All work in two processes. Ours makes HTML and a PDF that is PDF/A-3a and PDF/UA-1; pandoc with WeasyPrint makes HTML
and PDF, pandoc with Typst PDF alone. Typst is the package of PyPI behind a script, which costs it some 30 ms a brief.
Then one argument that three briefs show is edited, and then nothing is. All are run turn by turn, so that other load
falls on each; printed are medians of ratios, and one above its limit ends with 1.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.render.pandoc import PANDOC
from tests.benchmarks import corpus
from tests.benchmarks.spent import Spent, spent

BRIEFS = 50
ROUNDS = 3
AGAIN = 15
"""How often what takes no time is run."""
LIMITS = {"weasyprint": 0.27, "typst": 1.4, "edited": 0.08, "unchanged": 6.0}
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


def theirs(root: Path, *commands: str) -> Spent:
    """Run pandoc on each brief, two at a time; every command is given what all have in common."""
    common = f"{PANDOC} {{}}.md -s --citeproc --bibliography references.json --csl {STYLE}"
    line = " && ".join(f"{common} {command}" for command in commands)
    each = f"seq 0 {BRIEFS - 1} | sed s/^/brief-/ | xargs -P2 -I{{}} sh -c '{line}'"
    return spent(["sh", "-c", each], root / "md", {"PATH": f"{root / 'bin'}:{HERE}:{os.environ['PATH']}"})


def weasyprint(root: Path) -> Spent:
    """HTML and PDF by pandoc and WeasyPrint."""
    return theirs(root, "-c look.css -o {}.html", "-c look.css --pdf-engine=weasyprint -o {}.pdf")


def typst(root: Path) -> Spent:
    """PDF by pandoc and Typst."""
    font = '-V mainfont="Source Serif 4" -V fontsize=10pt -V papersize=a4'
    return theirs(root, f"{font} --pdf-engine=typst -o {{}}.typst.pdf")


def edit(root: Path, number: int) -> None:
    """Change one argument."""
    path = root / EDITED
    path.write_text(
        path.read_text(encoding="utf-8").replace("claim: The ", f"claim: The {'very ' * number}", 1), "utf-8"
    )


def measured(root: Path) -> dict[str, list[float]]:
    """The ratios of every round."""
    found: dict[str, list[float]] = {name: [] for name in (*LIMITS, "weasyprint, CPU", "typst, CPU")}
    for number in range(1, ROUNDS + 1):
        shutil.rmtree(root / "public", ignore_errors=True)
        shutil.rmtree(root / "build", ignore_errors=True)
        cold, one, other = ours(root), weasyprint(root), typst(root)
        found["weasyprint"].append(cold.wall / one.wall)
        found["typst"].append(cold.wall / other.wall)
        found["weasyprint, CPU"].append(cold.cpu / one.cpu)
        found["typst, CPU"].append(cold.cpu / other.cpu)
        edit(root, number)
        found["edited"].append(ours(root).wall / cold.wall)
        sys.stderr.write(f"round {number}: ours {cold}, weasyprint {one}, typst {other}\n")
    for _ in range(AGAIN):
        empty = spent([sys.executable, "-c", "pass"], ROOT)
        found["unchanged"].append(ours(root).wall / empty.wall)
    return found


def main() -> int:
    """Print each ratio beside its limit."""
    with tempfile.TemporaryDirectory() as folder:
        found = measured(made(Path(folder).resolve()))
    over = False
    for name, ratios in found.items():
        ratio, limit = median(ratios), LIMITS.get(name)
        over |= limit is not None and ratio > limit
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        sys.stdout.write(f"{name:<16} {ratio:5.2f} ({spread})" + (f", at most {limit:g}\n" if limit else "\n"))
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
