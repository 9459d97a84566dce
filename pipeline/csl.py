"""Define the record of a source: an item of CSL 1.0.2 with what we know of it in `custom`.

Types and variables are those of the Citation Style Language 1.0.2 specification, appendices III and
IV, under the names that CSL JSON gives them.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag, model_validator

from pipeline.record import KEYS_TAG, STORED_TEXT, TEXT_TAG, Citekey, Day, Plain, Record, Web, tag_of

Type = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True)] | None
DOI_FORM = r"^10\.\d{4,9}/\S+$"
DOI = Annotated[str, StringConstraints(pattern=DOI_FORM)]
_ISO = re.compile(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(~?)")


class Name(Record):
    """A person, in parts, or an organisation, as `literal`."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))

    family: Plain | None = None
    given: Plain | None = None
    literal: Plain | None = None
    """The whole name, for an organisation."""
    suffix: Plain | None = None
    dropping_particle: Plain | None = None
    non_dropping_particle: Plain | None = None
    comma_suffix: bool | None = None
    static_ordering: bool | None = None

    @model_validator(mode="after")
    def _has_a_name(self) -> Name:
        if not (self.family or self.given or self.literal):
            raise ValueError("a name needs `family`, or `literal` for an organisation")
        return self


DATES = {
    "accessed": "accessed",
    "available_date": "available-date",
    "event_date": "event-date",
    "issued": "issued",
    "original_date": "original-date",
    "submitted": "submitted",
}
"""The fields of a source that hold dates, and their keys in the file."""


class DateParts(Record):
    """A date in the parts of CSL, or in words as `literal`."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))

    date_parts: tuple[tuple[int, ...], ...] | None = Field(default=None, min_length=1, max_length=2)
    """One date, or the first and the last of a range; each is year, month, day, as far as known."""
    season: Plain | None = None
    circa: bool | None = None
    literal: Plain | None = None
    """The date in words."""
    raw: Plain | None = None

    @model_validator(mode="after")
    def _is_a_date(self) -> DateParts:
        if not (self.date_parts or self.literal or self.raw):
            raise ValueError("a date needs `date-parts`, or `literal` for a date in words")
        for part in self.date_parts or ():
            year_month_day = (*part, 1, 1, 1)
            if not 1 <= len(part) <= 3 or not (1 <= year_month_day[1] <= 12 and 1 <= year_month_day[2] <= 31):
                raise ValueError("each of the `date-parts` is a year, a month and a day, as far as they are known")
        return self


def is_date(value: str) -> bool:
    """Whether a text is a date, or a range of two, as ISO 8601 has it."""
    return all(_ISO.fullmatch(end) for end in value.split("/")) and value.count("/") < 2


def _iso(value: str) -> str:
    if not is_date(value):
        raise ValueError(f"'{value}' is not a date such as 2023, 2023-12, 2023-12-05 or 2023-12/2024-02")
    return value


Date = Annotated[
    Annotated[str, AfterValidator(_iso), Tag(TEXT_TAG)] | Annotated[DateParts, Tag(KEYS_TAG)],
    Discriminator(tag_of),
]
"""A date as ISO 8601 has it (a range with `/`, about with `~`), or in the parts of CSL."""
When = Date | None
Names = Annotated[tuple[Name, ...], Field(min_length=1)] | None


class Retraction(Record):
    """When a source was withdrawn, and where that is said."""

    date: Day
    notice: Plain


class Custom(Record):
    """What we know of a source and CSL has no word for."""

    read: Literal["full", "abstract", "secondary"]
    """How we know it: the work itself, its abstract, or a report about it."""
    accessed: Day | None = None
    archived_url: Web | None = None
    copy_url: Web | None = None
    """The address of the copy that was seen, where it was not the work's own."""
    funder: Plain | None = None
    retracted: Retraction | None = None
    review_by: Day | None = None
    """When to look again whether it still says so."""
    text: Annotated[str, StringConstraints(pattern=f"^{STORED_TEXT.pattern}$")] | None = None
    """The stored text that quotes are verified against, `sources/ID.txt`."""
    country: Plain | None = None


def _csl_name(name: str) -> str:
    return name if name == "archive_collection" else name.replace("_", "-")


class Source(Record):
    """A work that is cited, as CSL has it; its id is its citekey."""

    model_config = ConfigDict(alias_generator=_csl_name)

    id: Citekey
    type: Type
    custom: Custom
    categories: tuple[Plain, ...] | None = None

    title: Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
    title_short: Text = None
    short_title: Text = Field(default=None, alias="shortTitle")
    language: Text = None
    abstract: Text = None
    annote: Text = None
    archive: Text = None
    archive_collection: Text = None
    archive_location: Text = Field(default=None, alias="archive_location")
    archive_place: Text = None
    authority: Text = None
    call_number: Text = None
    chapter_number: Text = None
    citation_key: Text = None
    citation_label: Text = None
    citation_number: Text = None
    collection_number: Text = None
    collection_title: Text = None
    container_title: Text = None
    container_title_short: Text = None
    dimensions: Text = None
    division: Text = None
    doi: DOI | None = Field(default=None, alias="DOI")
    edition: Text = None
    event: Text = None
    event_place: Text = None
    event_title: Text = None
    genre: Text = None
    isbn: Text = Field(default=None, alias="ISBN")
    issn: Text = Field(default=None, alias="ISSN")
    issue: Text = None
    journal_abbreviation: Text = Field(default=None, alias="journalAbbreviation")
    jurisdiction: Text = None
    keyword: Text = None
    license: Text = None
    medium: Text = None
    note: Text = None
    number: Text = None
    number_of_pages: Text = None
    number_of_volumes: Text = None
    original_publisher: Text = None
    original_publisher_place: Text = None
    original_title: Text = None
    page: Text = None
    page_first: Text = None
    part_number: Text = None
    part_title: Text = None
    pmcid: Text = Field(default=None, alias="PMCID")
    pmid: Text = Field(default=None, alias="PMID")
    printing_number: Text = None
    publisher: Text = None
    publisher_place: Text = None
    references: Text = None
    reviewed_genre: Text = None
    reviewed_title: Text = None
    scale: Text = None
    section: Text = None
    source: Text = None
    status: Text = None
    supplement_number: Text = None
    url: Web | None = Field(default=None, alias="URL")
    version: Text = None
    volume: Text = None
    volume_title: Text = None
    volume_title_short: Text = None
    year_suffix: Text = None

    accessed: When = None
    available_date: When = None
    event_date: When = None
    issued: When = None
    original_date: When = None
    submitted: When = None

    author: Names = None
    chair: Names = None
    collection_editor: Names = None
    compiler: Names = None
    composer: Names = None
    container_author: Names = None
    contributor: Names = None
    curator: Names = None
    director: Names = None
    editor: Names = None
    editor_translator: Names = None
    editorial_director: Names = None
    executive_producer: Names = None
    guest: Names = None
    host: Names = None
    illustrator: Names = None
    interviewer: Names = None
    narrator: Names = None
    organizer: Names = None
    original_author: Names = None
    performer: Names = None
    producer: Names = None
    recipient: Names = None
    reviewed_author: Names = None
    script_writer: Names = None
    series_creator: Names = None
    translator: Names = None

    @property
    def year(self) -> str:
        """The year in which it came out, as far as the date says one."""
        if isinstance(self.issued, DateParts):
            parts = self.issued.date_parts
            return str(parts[0][0]) if parts else self.issued.literal or self.issued.raw or ""
        return (self.issued or "")[:4]

    @property
    def called(self) -> str:
        """What people call it: who wrote it, and the year; its title where nobody is named."""
        names = [name.literal or name.family or name.given or "" for name in self.author or self.editor or ()]
        many = len(names) > 2 or names[1:] in (["others"], ["et al."])
        who = f"{names[0]} et al." if many else " and ".join(names) or self.title_short or self.title
        return f"{who} {self.year}".rstrip()

    @property
    def address(self) -> str:
        """Where it can be found on the web; empty where nothing is known of that."""
        return self.url or (f"https://doi.org/{self.doi}" if self.doi else "")

    def as_csl_json(self) -> dict[str, Any]:
        """The item as CSL JSON, without `custom`; dates written as text come out in parts."""
        item = self.model_dump(by_alias=True, exclude_none=True, exclude={"custom"}, mode="json")
        for name in DATES.values():
            if isinstance(item.get(name), str):
                item[name] = _date_parts(item[name])
        return item


class Sources(Record):
    """Every work cited."""

    references: tuple[Source, ...]


def ends_of(date: Date) -> tuple[tuple[int, ...], ...]:
    """The one date, or the first and the last of a range, each in numbers as far as known; none for one in words."""
    parts = date.date_parts or () if isinstance(date, DateParts) else _date_parts(date)["date-parts"]
    return tuple(tuple(end) for end in parts)


def _date_parts(date: str) -> dict[str, Any]:
    ends = [_ISO.fullmatch(end) for end in date.split("/")]
    parts = [[int(part) for part in end.groups()[:3] if part] for end in ends if end]
    about = any(end and end[4] for end in ends)
    return {"date-parts": parts, **({"circa": True} if about else {})}
