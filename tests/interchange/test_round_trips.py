"""What is exported and imported again is the same, but for what the format declares to lose."""

from __future__ import annotations

import copy
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.argument import Argument
from pipeline.interchange import FORMS, drafts
from pipeline.interchange.draft import written
from pipeline.interchange.graph import Selection
from pipeline.interchange.losses import loses
from pipeline.interchange.records import as_written
from pipeline.interchange.sketch import Draft, name_for
from pipeline.problem import Mark
from pipeline.source import read
from tests.interchange.complete import ARGUMENT, changed, selection
from tests.interchange.test_formats import CHOSEN, HOSTILE, _hostile

READ_BACK = ("json", "argdown", "aif")
Data = dict[str, Any]


def _there_and_back(argument: Data, form: str) -> Data:
    """Export, import, write as YAML and read that; fields that are to do are left out."""
    text = FORMS[form].write(selection(argument))
    (draft,), _ = drafts(text, f"x.{form}")
    output, _ = written(draft, "x")
    data: Any = read(output.data.decode(), "x.yaml").data
    return {"id": draft.id, **_without_nothing(data)}


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nothing(inner) for key, inner in value.items() if inner is not None}
    return [_without_nothing(inner) for inner in value] if isinstance(value, list) else value


def _comparable(data: Data, lost: tuple[str, ...]) -> Data:
    """The argument without what the format loses; where ids are lost, parts are named by their places."""
    data = copy.deepcopy(data)
    if "id" in lost:
        items = [*data.get("grounds", ()), *data.get("objections", ())]
        names = {item["id"]: f"part-{number}" for number, item in enumerate(items)}
        for item in items:
            targets = (name.partition("/") for name in item.get("rests_on", ()))
            item["rests_on"] = ["claim" + slash + names.get(part, "") for _, slash, part in targets]
            if "target" in item:
                item["target"] = names[item["target"]]

    def kept(value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, dict):
            inner = {key: kept(item, (*path, key)) for key, item in value.items()}
            return {key: item for key, item in inner.items() if item not in (None, [], {})}
        if isinstance(value, list):
            return [inner for item in value if (inner := kept(item, path)) not in (None, [], {})]
        return None if any(loses(name, path) for name in lost) else value

    result: Data = kept(data, ())
    return result


@pytest.mark.parametrize("form", READ_BACK)
def test_the_complete_argument_comes_back(form: str) -> None:
    """All that isn't declared lost, to the letter; of what is, nothing."""
    back = _there_and_back(ARGUMENT, form)
    lost = FORMS[form].lost
    assert _comparable(back, lost) == _comparable(ARGUMENT, lost)
    if form == "aif":
        assert {"short", "type", "certainty", "contested", "tests"}.isdisjoint(back)
        assert back["id"] != ARGUMENT["id"]
    else:
        assert back == ARGUMENT
        assert Argument.model_validate(back) == Argument.model_validate(ARGUMENT)


@pytest.mark.parametrize("form", READ_BACK)
def test_every_change_comes_back(form: str) -> None:
    """Whichever field has another value."""
    lost = FORMS[form].lost
    for path, argument in changed():
        assert _comparable(_there_and_back(argument, form), lost) == _comparable(argument, lost), path


@pytest.mark.parametrize("text", HOSTILE[:-1])
@pytest.mark.parametrize("form", READ_BACK)
def test_hostile_texts_come_back(form: str, text: str) -> None:
    """None of them changes what stands around it. The last of them holds what no file may, and is refused elsewhere."""
    argument = _hostile(text)
    lost = FORMS[form].lost
    assert _comparable(_there_and_back(argument, form), lost) == _comparable(argument, lost)


@pytest.mark.parametrize("chosen", [case for case in CHOSEN if not str(case.id).startswith("hostile")])
@pytest.mark.parametrize("form", READ_BACK)
def test_shipped_arguments_come_back(form: str, chosen: Selection) -> None:
    """Several in one file come back as so many, in their order."""
    found, _ = drafts(FORMS[form].write(chosen), "x")
    lost = FORMS[form].lost
    back = [{"id": draft.id, **draft.data} for draft in found]
    assert [_comparable(item, lost) for item in back] == [
        _comparable(as_written(argument), (*lost, "evidence.direction=context"))
        if "id" not in lost
        else _comparable(_without_context(as_written(argument)), lost)
        for argument in chosen.arguments
    ]


def _without_context(argument: Data) -> Data:
    for part in [*argument.get("grounds", ()), *argument.get("objections", ())]:
        for holder in (part, part.get("response", {})):
            if "evidence" in holder:
                holder["evidence"] = [item for item in holder["evidence"] if item.get("direction") != "context"]
    return argument


def test_arguments_that_rest_on_each_other_come_back_from_argdown_and_aif() -> None:
    """What a ground takes over from another argument of the same file leads there again."""
    other: Data = {
        "id": "oil-is-cheap",
        "claim": "Oil is cheap.",
        "warrant": "What costs little is cheap.",
        "grounds": [{"id": "prices", "text": "Oil costs a penny."}],
    }
    rest: Data = {"short": "x", "type": "empirical", "qualifier": "probably", "certainty": "low"}
    first = {**other, **rest, "id": "lights-are-cheap", "claim": "Lights are cheap.", "grounds": [
        {"id": "oil", "text": "Oil is most of it.", "rests_on": ["oil-is-cheap", "oil-is-cheap/prices"]},
    ]}  # fmt: skip
    records = tuple(Argument.model_validate(item) for item in (first, {**other, **rest}))
    both = Selection(name="x", title="x", arguments=records, sources={})
    for form in ("argdown", "aif"):
        found, notes = drafts(FORMS[form].write(both), "x")
        one, two = found
        assert notes == ()
        assert one.data["grounds"][0]["rests_on"] == [two.id, f"{two.id}/{two.data['grounds'][0]['id']}"]
        assert len(two.data["grounds"]) == 1


_SEEN = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"])
_SIGNS = st.sampled_from("\n:#-'\"[]{}|>&*!%@` ")


@given(st.text(_SEEN | _SIGNS, min_size=1))
def test_any_text_can_be_written(text: str) -> None:
    """As claim, in a list, and as a finding: YAML reads what was meant, and no line is longer than it must be."""
    meant = text.strip()
    data = {"claim": text, "contested": [text], "grounds": [{"id": "a", "text": text, "evidence": [{"finding": text}]}]}
    output, _ = written(Draft(id="x", data=data, mark=Mark(file="x")), text)
    found: Any = read(output.data.decode(), "x.yaml").data
    assert found["claim"] == found["contested"][0] == found["grounds"][0]["text"] == meant
    assert found["grounds"][0]["evidence"][0]["finding"] == meant


@given(st.text())
def test_any_title_gives_an_id(title: str) -> None:
    """One that a file may have, and none that is taken."""
    taken: dict[str, int] = {}
    first, second = name_for(title, taken), name_for(title, taken)
    allowed = set(string.ascii_lowercase + string.digits + "-")
    for name in (first, second):
        assert set(name) <= allowed
        assert Argument.model_validate({**_least(), "id": name}).id == name
    assert first != second


def _least() -> Data:
    return {key: ARGUMENT[key] for key in ("claim", "short", "type", "qualifier", "certainty", "warrant")}


LARGE = (
    "[a]: b\n" + "  + c\n" * 20_000,
    "[a]: b\n" + "  - c\n" * 20_000,
    "a\n" * 200_000,
    "=" * 400_000 + "x",
    "#(" * 200_000,
    "a" + " " * 400_000 + "b",
    "/*" * 200_000,
    "<" * 400_000,
    '{"arguments": [' + ",\n".join(['{"claim": "a"}'] * 20_000) + "]}",
)


@pytest.mark.parametrize("text", LARGE, ids=range(len(LARGE)))
def test_large_files_are_read_in_passing(text: str) -> None:
    """What takes a time that grows with the square of the text would not end before pytest's limit."""
    found, _ = drafts(text, "x")
    parts = sum(len(draft.data.get("grounds", ())) + len(draft.data.get("objections", ())) for draft in found)
    assert len(found) + parts in (1, 20_000, 20_001)
