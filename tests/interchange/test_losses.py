"""A format loses what it declares to lose, and nothing else."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest

from pipeline.cli.export import FORMS as OFFERED
from pipeline.interchange import FORMS
from pipeline.interchange.losses import left_out, loses
from tests.interchange.complete import ARGUMENT, changed, fields, selection

ROOT = Path(__file__).parents[2]


def test_the_complete_argument_is_complete() -> None:
    """Every field that the records have is filled, and so is changed below."""
    filled = {path for path, _ in changed()}
    assert set(fields()) == filled
    assert len(filled) > 40


def test_every_format_is_offered() -> None:
    """The command knows the formats without loading them."""
    assert set(OFFERED) == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_declared_lost_is_lost_and_all_else_is_kept(form: str) -> None:
    """Another value gives another text if the format keeps the field, and the same text if it has no place for it."""
    write, lost = FORMS[form].write, FORMS[form].lost
    original = write(selection(ARGUMENT))
    wrong = [
        (path, "lost" if expected else "kept")
        for path, argument in changed()
        if (write(selection(argument)) == original) is not (expected := any(loses(name, path) for name in lost))
    ]
    assert not wrong


@pytest.mark.parametrize("form", FORMS)
def test_no_declaration_is_idle(form: str) -> None:
    """Each field that is declared lost is one that an argument has."""
    paths = {path for path, _ in changed()}
    assert not [name for name in FORMS[form].lost if "=" not in name and not any(loses(name, path) for path in paths)]


def test_context_and_reliance_on_others_are_lost_where_declared() -> None:
    """Losses that hang on a value: each makes no difference to the text, and is named."""
    context, elsewhere = copy.deepcopy(ARGUMENT), copy.deepcopy(ARGUMENT)
    context["grounds"][0]["evidence"][0]["direction"] = "context"
    elsewhere["grounds"][0]["rests_on"] = ["charts-help"]
    for form, kind in FORMS.items():
        for argument, name in ((context, "evidence.direction=context"), (elsewhere, "grounds.rests_on=elsewhere")):
            other = copy.deepcopy(argument)
            if argument is context:
                other["grounds"][0]["evidence"][0]["finding"] = "Something else."
            else:
                other["grounds"][0]["rests_on"] = ["maps-help"]
            same = kind.write(selection(argument)) == kind.write(selection(other))
            assert (form, name, same) == (form, name, name in kind.lost)
            assert (name in left_out(selection(argument), kind.lost)) is same


def test_the_manual_says_the_same() -> None:
    """Each cell of its table agrees with the declarations."""
    lines = (ROOT / "assets" / "docs" / "interchange.md").read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    rows = [row for row in table if len(row) == len(FORMS) + 1]
    head = next(line for line in lines if line.startswith("| field"))
    names = re.findall(r"`(\w+)`", head)
    assert (len(rows), set(names)) == (13, set(FORMS))
    for row in rows:
        fields_named = re.findall(r"`([\w.]+)`", row[0])
        for form, said in zip(names, row[1:], strict=True):
            lost = [
                name for name in FORMS[form].lost for field in fields_named if name.partition("=")[0].endswith(field)
            ]
            part = [name for name in lost if "=" in name]
            assert said == ("yes" if not lost else "no" if not part else said), (row[0], form)
            assert len(lost) in (0, len(fields_named)), (row[0], form)
            assert (said not in ("yes", "no")) is bool(part), (row[0], form)


def test_only_losses_that_are_suffered_are_told() -> None:
    """An argument without tests loses none."""
    short = {key: value for key, value in ARGUMENT.items() if key not in ("tests", "contested", "for")}
    assert left_out(selection(ARGUMENT), FORMS["csv"].lost) == ("for", "contested", "tests", "priority")
    assert left_out(selection(short), FORMS["csv"].lost) == ("priority",)
