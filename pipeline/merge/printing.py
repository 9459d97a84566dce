"""Write all copies into one file for printers: masters and copies in, one after another; a PDF out, as it grows.

What copies share, fonts, pictures and what stands on a page around its slots, is in the file once; of each copy there
are its pages, which refer to that, and the runs of glyphs in its slots. No copy is kept, so the list may be of any
length. The file has no tags, links or files inside: it is for paper, and says so; who reads gets a copy of their own.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from pipeline.merge.spool import Ready
from pipeline.merge.strangers import has_copies
from pipeline.render.gaps import spoken

TOGETHER = 100
"""How many copies one node of the trees of pages and of labels holds."""
_LEFT_OUT = ("/Annots", "/StructParents", "/Tabs", "/Parent", "/Contents")
"""What a page has that is for readers, or is each page's own here."""
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%openbrief: copies, one after another\n"
"""How such a file begins, and no other: its last line is a comment (ISO 32000-1, 7.2.4)."""
_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{about}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>openbrief</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
ABOUT = (
    "For printing: all copies, one after another. This file has no tags and can't be read aloud well;"
    " each copy as a file of its own is the accessible one."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a master."""

    before: bytes
    """Its dictionary, but for its parent and its content."""
    content: tuple[bytes | int, ...]
    """References to what all copies share, and the numbers of gaps."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the copies in one language are printed from."""

    sheets: tuple[Sheet, ...]
    covered: bool
    """Whether the first page is a cover letter, which has no number."""


@dataclass(slots=True)
class Printed:
    """What a file for printers holds."""

    copies: int = 0
    pages: int = 0
    size: int = 0


def write_print(
    file: BinaryIO,
    masters: Mapping[str, tuple[bytes, Sequence[bytes]]],
    spool: Iterable[Ready],
    title: str,
    *,
    duplex: bool,
) -> Printed:
    """Write the copies of a spool in its order, by the masters of their languages, each with the tokens of its gaps.

    With `duplex`, each copy has an even number of pages, so that none begins on the back of another.
    """
    made_from = [(language, hashlib.sha256(data).hexdigest()) for language, (data, _) in masters.items()]
    body, digest = _Body(file), hashlib.sha256(repr((title, duplex, made_from)).encode())
    shared, intents = _shared(body, masters)
    done, tree = Printed(), _Tree(body)
    for ready in spool:
        digest.update(ready.digest)
        done.pages += _copy(body, tree, ready, shared[ready.language], duplex=duplex)
        done.copies += 1
    _finish(body, tree, title, intents, digest.hexdigest()[:32].encode(), duplex=duplex)
    done.size = body.place
    return done


def taken(path: Path) -> str:
    """Why a file for printers can't stand at a path; empty where nothing but an earlier one is there."""
    if has_copies(path.parent):
        return "the folder of copies holds nothing else"
    if not (path.is_symlink() or path.exists()):
        return ""
    if path.is_symlink() or not path.is_file():
        return "what is there is no plain file; take it away, or choose another name"
    with path.open("rb") as file:
        earlier = file.read(len(_HEAD)) == _HEAD
    return "" if earlier else "what is there is not an earlier one; take it away, or choose another name"


class _Body:
    """Writes numbered objects one after another, and remembers where each begins."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.place = file, 0
        self.offsets = array("Q", [0])
        self.write(_HEAD)

    def write(self, data: bytes) -> None:
        self.file.write(data)
        self.place += len(data)

    def reserve(self, number: int = 1) -> int:
        """Give the first of so many numbers of objects that are written later."""
        first = len(self.offsets)
        self.offsets.extend([0] * number)
        return first

    def put(self, number: int, data: bytes) -> None:
        self.offsets[number] = self.place
        self.write(b"%d 0 obj\n%b\nendobj\n" % (number, data))

    def add(self, data: bytes) -> int:
        number = self.reserve()
        self.put(number, data)
        return number

    def close(self, trailer: bytes) -> None:
        """Write the table of objects; what was never written is free."""
        start, count = self.place, len(self.offsets)
        self.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for number in range(1, count, 1000):
            rows = self.offsets[number : number + 1000]
            self.write(b"".join(b"%010d 00000 n \n" % row if row else b"0000000000 00001 f \n" for row in rows))
        self.write(b"trailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, start))


@dataclass(slots=True)
class _Tree:
    """The trees of pages, labels and bookmarks, of which only what is unfinished is kept."""

    body: _Body
    root: int = field(init=False)
    outline: int = field(init=False)
    group: int = 0
    """The node that copies are added to."""
    kids: list[int] = field(default_factory=list)
    """The copies in it."""
    within: int = 0
    """How many pages these have."""
    groups: list[int] = field(default_factory=list)
    pages: int = 0
    labels: list[bytes] = field(default_factory=list)
    """Where labels begin, in the node that is being filled."""
    first: int = 0
    """The page that its first label is for."""
    leaves: list[int] = field(default_factory=list)
    marks: list[tuple[int, bytes, int]] = field(default_factory=list)
    """The last bookmark: its number, its words and its page; it is written when the next one is known."""
    marked: tuple[int, int, int] = (0, 0, 0)
    """The first bookmark, the one before the last, and how many there are."""

    def __post_init__(self) -> None:
        self.root, self.outline = self.body.reserve(), self.body.reserve()

    def add(self, node: int, pages: int) -> None:
        """Hang a copy's node, of so many pages, below the group."""
        self.kids.append(node)
        self.within += pages
        self.pages += pages
        if len(self.kids) == TOGETHER:
            self.flush()

    def parent(self) -> int:
        """The group that the next copy belongs to."""
        self.group = self.group or self.body.reserve()
        return self.group

    def label(self, page: int, said: bytes) -> None:
        """Have pages from this one on bear a label."""
        self.labels.append(b"%d %b" % (page, said))

    def flush(self) -> None:
        """Write the group, and the labels of its pages."""
        if self.kids:
            kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
            node = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (self.root, self.within, kids)
            self.body.put(self.group, node)
            limits = b"%d %d" % (self.first, int(self.labels[-1].split(maxsplit=1)[0]))
            self.leaves.append(self.body.add(b"<</Limits[%b]/Nums[%b]>>" % (limits, b" ".join(self.labels))))
            self.groups.append(self.group)
            self.group, self.kids, self.within, self.labels, self.first = 0, [], 0, [], self.pages

    def mark(self, words: bytes, page: int) -> None:
        """Add a bookmark to a page."""
        number = self.body.reserve()
        self.write_mark(number)
        first, _, count = self.marked
        self.marked = (first or number, self.marks[-1][0] if self.marks else 0, count + 1)
        self.marks = [(number, words, page)]

    def write_mark(self, following: int) -> None:
        """Write the last bookmark, now that what follows it is known."""
        for number, words, page in self.marks:
            before = b"/Prev %d 0 R" % self.marked[1] if self.marked[1] else b""
            after = b"/Next %d 0 R" % following if following else b""
            dest = b"/Dest[%d 0 R/Fit]" % page
            self.body.put(number, b"<</Title %b/Parent %d 0 R%b%b%b>>" % (words, self.outline, dest, before, after))


def _copy(body: _Body, tree: _Tree, ready: Ready, shared: Shared, *, duplex: bool) -> int:
    """Write the pages of one copy, and give how many."""
    sheets, node = shared.sheets, body.reserve()
    blank = duplex and len(sheets) % 2 == 1
    count = len(sheets) + blank
    first = body.reserve(count)
    runs: dict[int, int] = {}
    for number, sheet in enumerate(sheets, start=first):
        for gap in (part for part in sheet.content if isinstance(part, int)):
            run = ready.runs[gap]
            runs[gap] = body.add(b"<</Length %d>>stream\n%b\nendstream" % (len(run), run))
        content = b" ".join(part if isinstance(part, bytes) else b"%d 0 R" % runs[part] for part in sheet.content)
        body.put(number, b"<<%b/Parent %d 0 R/Contents[%b]>>" % (sheet.before, node, content))
    if blank:
        body.put(first + count - 1, b"<<%b/Parent %d 0 R>>" % (sheets[-1].before, node))
    kids = b" ".join(b"%d 0 R" % number for number in range(first, first + count))
    body.put(node, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (tree.parent(), count, kids))
    prefix = spoken(f"{ready.name} / ")
    if shared.covered:
        tree.label(tree.pages, b"<</P %b>>" % spoken(ready.name))
    tree.label(tree.pages + shared.covered, b"<</P %b/S/D>>" % prefix)
    tree.mark(spoken(ready.called or ready.name), first)
    tree.add(node, count)
    return count


def _shared(body: _Body, masters: Mapping[str, tuple[bytes, Sequence[bytes]]]) -> tuple[dict[str, Shared], bytes]:
    """Write what copies share, and give how their pages refer to it, with the printing conditions."""
    import pikepdf

    with pikepdf.new() as gathered:
        intents, covered = gathered.make_indirect(pikepdf.Array()), dict[str, bool]()
        ends = []
        for language, (data, _) in masters.items():
            with pikepdf.open(BytesIO(data)) as master:
                covered[language] = "/PageLabels" in master.Root
                for page in master.pages:
                    for name in ("/Annots", "/StructParents", "/Tabs"):
                        if name in page:
                            del page[name]
                gathered.pages.extend(master.pages)
                if not len(intents):
                    intents.extend(gathered.copy_foreign(each) for each in _indirect(master, "/OutputIntents"))
            ends.append(len(gathered.pages))
        for page in gathered.pages:
            page.obj.Resources = gathered.make_indirect(page.obj.Resources)
        body.reserve(len(gathered.objects) + 1)
        gaps = {token: number for _, tokens in masters.values() for number, token in enumerate(tokens)}
        sheets = [_sheet(page.obj, gaps) for page in gathered.pages]
        for each in gathered.objects:
            _keep(body, each, gaps)
        starts = [0, *ends]
        parts = (tuple(sheets[start:end]) for start, end in zip(starts, ends, strict=False))
        found = {name: Shared(part, covered[name]) for name, part in zip(masters, parts, strict=True)}
        return found, _reference(intents)


def _indirect(master: Any, name: str) -> Iterator[Any]:
    for each in master.Root.get(name, ()):
        yield master.make_indirect(each)


def _reference(item: Any) -> bytes:
    return b"%d 0 R" % item.objgen[0]


def _keep(body: _Body, item: Any, gaps: Mapping[bytes, int]) -> None:
    """Write an object that copies share; pages and gaps are each copy's own."""
    import pikepdf

    number = item.objgen[0]
    if isinstance(item, pikepdf.Stream):
        raw = item.read_raw_bytes()
        if _gap(raw, gaps) is None:
            kept = pikepdf.Dictionary(dict(item.stream_dict.items()))
            kept.Length = len(raw)
            body.put(number, b"%b\nstream\n%b\nendstream" % (kept.unparse(), raw))
    elif not (isinstance(item, pikepdf.Dictionary) and item.get("/Type") in ("/Page", "/Pages", "/Catalog")):
        body.put(number, item.unparse(resolved=True))


def _sheet(page: Any, gaps: Mapping[bytes, int]) -> Sheet:
    import pikepdf

    contents = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
    found = [(each, _gap(each.read_raw_bytes(), gaps)) for each in contents]
    content = tuple(_reference(each) if gap is None else gap for each, gap in found)
    kept = pikepdf.Dictionary({name: value for name, value in page.items() if name not in _LEFT_OUT})
    return Sheet(kept.unparse().strip()[2:-2].strip(), content)


def _gap(content: bytes, gaps: Mapping[bytes, int]) -> int | None:
    """The number of the gap that a stream is."""
    return next((gaps[token] for token in gaps if content.startswith(token)), None) if content[:1] == b"%" else None


def _finish(body: _Body, tree: _Tree, title: str, intents: bytes, id: bytes, *, duplex: bool) -> None:
    """Write the roots of the trees, what the file says of itself, and the table of its objects."""
    tree.flush()
    tree.write_mark(0)
    kids = b" ".join(b"%d 0 R" % group for group in tree.groups)
    body.put(tree.root, b"<</Type/Pages/Count %d/Kids[%b]>>" % (tree.pages, kids))
    first, _, count = tree.marked
    ends = (first, tree.marks[-1][0], count)
    body.put(tree.outline, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends)
    leaves = b" ".join(b"%d 0 R" % leaf for leaf in tree.leaves)
    packet = _PACKET.format(title=escape(title), about=escape(ABOUT)).encode()
    metadata = body.add(b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(packet), packet))
    described = body.add(b"<</Title %b/Subject %b/Producer(openbrief)>>" % (spoken(title), spoken(ABOUT)))
    sides = b"/DuplexFlipLongEdge" if duplex else b"/Simplex"
    catalog = body.add(
        b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/PageMode/UseOutlines/PageLabels<</Kids[%b]>>/Metadata %d 0 R"
        b"/OutputIntents %b/ViewerPreferences<</DisplayDocTitle true/Duplex%b/PrintScaling/None>>>>"
        % (tree.root, tree.outline, leaves, metadata, intents, sides)
    )
    body.close(b"/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (catalog, described, id, id))
