"""A translation keeps the figures, citations, places and links of its original, as its language writes them."""

from __future__ import annotations

import pytest

from pipeline.catalogue import Catalogue, Message
from pipeline.check import lost_in_translation
from pipeline.model import Library, Products
from pipeline.problem import Mark
from tests.test_translation import read

KEY = "house/description"
TWO_PLACES = "Lights [see @able-2024, pp. 33-35; @baker-2023, p. 2]."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The example library."""
    return read(tmp_path_factory.mktemp("library"))[0]


def said(library: Library, original: str, language: str, translation: str) -> list[str]:
    """What the rule says of one text and its translation."""
    file = f"briefs/locale/{language}.po"
    message = Message(context=KEY, original=original, translation=translation, mark=Mark(file=file, line=7))
    house = library.house.model_copy(
        update={"description": original, "products": (Products(languages=("en-GB", language)),)}
    )
    catalogue = Catalogue(language=language, file=file, messages={KEY: message})
    changed = library.model_copy(update={"house": house, "catalogues": {language: catalogue}})
    found = list(lost_in_translation.find(changed))
    assert {(problem.rule, problem.mark.line) for problem in found} <= {("lost-in-translation", 7)}
    return [problem.message.removeprefix("this translation ") for problem in found]


@pytest.mark.parametrize(
    ("original", "language", "translation", "lost", "added"),
    [
        ("5% of boats", "fr", "7 % des bateaux", "5%", "7 %"),
        ("3 of 10 boats", "fr", "8 bateaux sur 10", "3", "8"),
        ("3 boats", "ar", "\u0664 سفن", "3", "4"),
        ("1,500 boats", "de", "1,500 Schiffe", "1,500", "1,500"),
        ("9.5% of boats", "de", "9.5 % der Schiffe", "9.5%", "9.5 %"),
        ("9.5 boats", "de", "9.5 Schiffe", "9.5", "9.5"),
        ("24 boats in 2024", "fr", "des bateaux en 2024", "24", ""),
        ("-35% of boats", "fr", "35 % des bateaux", "-35%", "35 %"),
        ("\u2212$40", "fr", "40 $", "\u2212$40", "40 $"),
        ("$40 a boat", "fr", "40 euros par bateau", "$40", "40 euros"),
        ("€2 million", "es", "2 millones de dólares", "€2 million", "2 millones de dólares"),
        ("5 percentage points", "fr", "5 %", "5", "5 %"),
        ("40% of boats", "de", "40 Schiffe", "40%", "40"),
        ("35% of boats, 35% of lights", "fr", "35 % des bateaux et des feux", "35%", ""),
        ("20 boats", "fr", "20 bateaux et 20 feux", "", "20"),
        ("13 boats", "fr", "treize bateaux", "13", ""),
        ("34 boats", "fr", "trente-quatre bateaux", "34", ""),
        ("2.5 boats", "fr", "deux bateaux et demi", "2.5", ""),
        ("-35 boats", "fr", "moins de bateaux", "-35", ""),
        ("9,5 boats", "fr", "des bateaux", "9,5", ""),
        ("Ketch 1,500", "de", "Ketch 1,500", "1,500", "1,500"),
        ("8.8 trillion", "fr", "8,8 milliards", "8.8 trillion", "8,8 milliards"),
        ("10²⁵ operations", "fr", "10²³ opérations", "25", "23"),
        ("GPT-3.5 and 14 boats", "de", "GPT-4.5 und 14 Schiffe", "3.5", "4.5"),
    ],
)
def test_an_altered_number_is_told(
    library: Library, original: str, language: str, translation: str, lost: str, added: str
) -> None:
    """Each number that has no equal in the other text is named, with its sign and its unit."""
    expected = [*([f"loses the number {lost}"] if lost else []), *([f"adds the number {added}"] if added else [])]
    assert said(library, original, language, translation) == expected


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        ('Lights {{ figure("wrecks") }}', "Feux", ["loses the place '{{ figure(\"wrecks\") }}'"]),
        ("Lights", 'Feux {{ local("coast") }}', ["adds the place '{{ local(\"coast\") }}'"]),
        ("[Lights](https://a.example/b)", "Feux", ["loses the link 'https://a.example/b'"]),
        ("Lights", "Feux <https://a.example>", ["adds the link 'https://a.example'"]),
        ("Lights [@able-2024, p. 3].", "Feux.", ["loses the citation 'able-2024'"]),
        ("Lights [@able-2024, p. 33].", "Feux [@able-2024].", ["loses the locator in 'able-2024, 33'"]),
        (
            "Lights [@able-2024, p. 33].",
            "Feux [@able-2024, p. 73].",
            ["loses the locator in 'able-2024, 33'", "adds the locator in 'able-2024, 73'"],
        ),
        (
            TWO_PLACES,
            "Feux [voir @able-2024, p. 33 ; @baker-2023, p. 2].",
            ["loses the locator in 'able-2024, 33, 35'", "adds the locator in 'able-2024, 33'"],
        ),
        (
            "As @able-2024 [p. xx, 30] says",
            "Selon @able-2024 [p. xx]",
            ["loses the locator in 'able-2024, 30'", "loses the number 30"],
        ),
    ],
)
def test_what_else_is_lost_is_told(library: Library, original: str, translation: str, expected: list[str]) -> None:
    """So it is with citations, the numbers of their pages, the places of figures, and links."""
    assert said(library, original, "fr", translation) == expected


@pytest.mark.parametrize(
    ("original", "language", "translation"),
    [
        ("3 of 12 boats", "fr", "trois bateaux sur douze"),
        ("5% of boats", "de", "fünf Prozent der Schiffe"),
        ("two thirds of boats", "fr", "2/3 des bateaux"),
        ("3 boats", "ar", "\u0663 سفن"),
        ("1,500 boats in 2024", "de", "1.500 Schiffe in 2024"),
        ("1,500 boats", "de-CH", "1\u2019500 Schiffe"),
        ("12,345 boats", "fr", "12\u202f345 bateaux"),
        ("9.5% of boats", "de", "9,5\u00a0% der Schiffe"),
        ("40 percent of boats", "es", "el 40 por ciento de los barcos"),
        ("40% of boats", "ar", "40 في المئة من السفن"),
        ("-35%, \u22122.5", "ar", "\u200e-35%، \u22122.5"),
        ("$40 to $50 million", "fr", "40 à 50 millions de dollars"),
        ("between €65 and €95 billion", "es", "entre 65.000 y 95.000 millones de euros"),
        ("between 5% and 10%", "fr", "entre 5 et 10 %"),
        (
            "$78 million for one, $191 million for all",
            "es",
            "78 millones de dólares para uno y 191 millones para todos",
        ),
        ("40 books", "fr", "40 livres"),
        ("GPT-3.5, Apache 2.0 and section 4.1", "de", "GPT-3.5, Apache 2.0 und Abschnitt 4.1"),
        ("10²⁵ operations on 40 m²", "fr", "10^25^ opérations sur 40 m²"),
        ("a 13B model", "fr", "un modèle de 13 milliards"),
        ("a 13B model", "fr", "un modèle 13B"),
        ("8.8\ntrillion\ndollars", "fr", "8 800\u00a0milliards\nde dollars"),
        ("40 pages at $5", "sv", "40 sidor för 5 dollar"),
        ("40% of boats", "tr", "teknelerin yüzde 40'i"),
        ("24 boats, 35% of all", "ar", "35% من المجموع، أي 24 سفينة"),
        (TWO_PLACES, "ar", "أضواء [@baker-2023، ص 2; انظر @able-2024، ص \u0663\u0663-\u0663\u0665]."),
        (TWO_PLACES, "de", "Lichter [@baker-2023, S. 2; siehe @able-2024, S. 33\u201335]."),
    ],
)
def test_what_is_said_in_another_way_is_good(library: Library, original: str, language: str, translation: str) -> None:
    """Words for small numbers, other signs, other orders and names are no loss."""
    assert said(library, original, language, translation) == []


def test_two_numbers_in_each_others_place_are_not_told(library: Library) -> None:
    """Languages have orders of their own, so this can't be known."""
    assert said(library, "15 of 25 boats", "fr", "25 bateaux sur 15") == []
