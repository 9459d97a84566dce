"""Say in a PDF's metadata packet what it conforms to and what its terms are: metadata in, XMP added."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from pipeline.forms import Metadata

ACCESSIBLE = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""Conformance to PDF/UA-1 (ISO 14289-1, 5), with the extension schema PDF/A asks for (ISO 19005-3, 6.6.2.3.3)."""

END = b"</rdf:RDF>"


def extend(written: Any, metadata: Metadata) -> None:
    """Add what the engine leaves out to the packet of `written`, a pydyf.PDF, and leave the packet uncompressed.

    The engine's own option for more metadata puts it behind the end of the RDF, where no reader looks.
    """
    packet = written.objects[int(written.catalog["Metadata"].split()[0])]
    content = packet.stream[0]
    if content.count(END) != 1:
        raise ValueError("the engine's metadata packet has changed its form")
    packet.stream[0] = content.replace(END, (ACCESSIBLE + _terms(metadata)).encode() + END)
    packet.compress = False


def _terms(metadata: Metadata) -> str:
    """What catalogues ask for, as one RDF description.

    All of it is in the schemas that PDF/A-3 knows (XMP of 2005, as ISO 19005-3, 6.6.2.3.1 has it): a version has no
    place in Dublin Core, and is `xmpMM:VersionID`.
    """
    properties = [
        _bag("dc:language", [metadata.language]),
        _bag("dc:publisher", [metadata.publisher]),
        _bag("dc:subject", metadata.keywords),
        _bag("dc:type", ["Report"]),
        _alternative("dc:rights", metadata.licence),
        f"<dc:date><rdf:Seq><rdf:li>{metadata.issued}</rdf:li></rdf:Seq></dc:date>",
        f"<dc:identifier>{metadata.identifier}</dc:identifier>",
        _bag("xmp:Identifier", filter(None, [metadata.identifier, metadata.url])),
        f"<xmpMM:DocumentID>{metadata.work}</xmpMM:DocumentID>",
        f"<xmpMM:InstanceID>{metadata.identifier}</xmpMM:InstanceID>",
        f"<xmpMM:VersionID>{escape(metadata.version)}</xmpMM:VersionID>",
        "<xmpRights:Marked>True</xmpRights:Marked>",
        _alternative("xmpRights:UsageTerms", metadata.licence),
        f"<xmpRights:WebStatement>{escape(metadata.licence_url)}</xmpRights:WebStatement>",
    ]
    return (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">\n'
        + "\n".join(filter(None, properties))
        + "\n</rdf:Description>\n"
    )


def _bag(name: str, values: Any) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
    return f"<{name}><rdf:Bag>{items}</rdf:Bag></{name}>" if items else ""


def _alternative(name: str, value: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{name}>'
