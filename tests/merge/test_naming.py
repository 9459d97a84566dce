"""Names that one system or another can't have are told with the reason, and with one that all can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.merge.naming import amiss, better

DEVICES = ("con", "CON", "Aux", "nul", "prn", "com1", "COM9", "com0", "lpt3")


@pytest.mark.parametrize("name", [*DEVICES, *(f"{name}.{end}" for name in DEVICES for end in ("pdf", "2026.final"))])
def test_names_of_devices(name: str) -> None:
    """In any case, and whatever stands behind a dot; the better name is none of them."""
    assert amiss(name) == f"Windows keeps '{name.partition('.')[0]}' for a device, whatever stands behind it"
    assert not amiss(better(name))


@pytest.mark.parametrize(
    ("name", "why", "instead"),
    [
        ("../x", "leads into another folder", "x"),
        ("a\\b", "leads into another folder", "a-b"),
        ("Anna.", "a dot stands", "anna"),
        (".anna", "a dot stands", "anna"),
        ("Søren Ødegård", "not every system", "soren-odegard"),
        ("a:b", "not every system", "a-b"),
        ("x" * 101, "more than 100", "x" * 40),
        ("محمد", "not every system", ""),
        ("a.con", "", "a-con"),
        ("concert", "", "concert"),
        ("Anna_K-2.b", "", "anna-k-2-b"),
    ],
)
def test_other_names(name: str, why: str, instead: str) -> None:
    """The first reason, and what to write."""
    assert (amiss(name).find(why) >= 0, bool(amiss(name)), better(name)) == (True, bool(why), instead)


@given(st.text(st.sampled_from("aC:.o n1-_é/\\\0")))
def test_a_better_name_is_good_everywhere(name: str) -> None:
    """Or there is none."""
    assert not (better(name) and amiss(better(name)))
