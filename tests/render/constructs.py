"""What briefs are made of, as HTML: each kind of element, alone and broken over pages."""

# ruff: noqa: E501 - HTML is easier to read in whole lines

WORDS = "<p>" + "A well-known paragraph that is there to fill the page up to its end and beyond. " * 12 + "</p>"
DOT = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{id}-t {id}-d" viewBox="0 0 60 20" width="60"'
    ' height="20"><title id="{id}-t">Members</title><desc id="{id}-d">Ten firms and five schools.</desc>'
    '<rect width="40" height="8" fill="#12324f"/><text x="2" y="18" font-size="8" font-family="Brief Sans">10</text></svg>'
)

CONSTRUCTS = {
    "link": '<p>See <a href="https://example.org">a link</a>.</p>',
    "link around inline elements": '<p><a href="https://example.org">a <strong>bold <em>x</em></strong> link</a></p>',
    "link around blocks": '<a href="https://example.org" style="display:block"><h2>Head</h2><p>text</p></a>',
    "link around an image": f'<p><a href="https://example.org"><img alt="logo" src="{DOT}"></a></p>',
    "link over lines": '<p>word <a href="https://example.org">' + "a long text in a link " * 20 + "</a></p>",
    "link over pages": '<p>word <a href="https://example.org">' + "a long text in a link " * 300 + "</a></p>",
    "link in a list item of blocks": '<ul><li><a href="#x" style="display:block">go</a></li></ul><p id="x">x</p>',
    "citation": '<p>Known <span class="nb">since then <a href="#ref-a" role="doc-biblioref">[<b>1</b>]</a>.</span></p>'
    '<div role="list"><div role="listitem" id="ref-a">A source.</div></div>',
    "note call": '<p>Text<a href="#fn1" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><section role="doc-endnotes">'
    '<ol><li id="fn1"><p>A note. <a href="#fnref1" role="doc-backlink" aria-label="Back">↑</a></p></li></ol></section>',
    "footnote": "<style>.note{float:footnote}</style>"
    '<p>Text<span class="note" id="n1" role="doc-footnote">A note.</span>.</p>',
    "page reference": "<style>.x::after{content:', page ' target-counter(attr(href),page)}</style>"
    '<p><a class="x" href="#there">Figure 2</a></p><h2 id="there">There</h2>',
    "list": "<ul><li>a</li><li>b</li></ul>",
    "nested list": "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>",
    "list over pages": "<ol>" + f"<li>{WORDS}</li>" * 8 + "</ol>",
    "list without markers": '<ul style="list-style:none"><li>a</li><li>b</li></ul>',
    "list with markers inside": '<ul style="list-style-position:inside"><li>a</li><li>b</li></ul>',
    "list with counters": "<style>.r{list-style:none;counter-reset:r}.r li::before{content:counter(r);counter-increment:r;"
    'position:absolute;left:0}.r li{position:relative}</style><ol class="r"><li>a</li><li>b</li></ol>',
    "list of terms": "<dl><dt>Weights</dt><dd>What was learnt.</dd><dt>Open</dt><dd>See there.</dd></dl>",
    "table": '<table><caption>Costs</caption><thead><tr><th scope="col">Option</th><th scope="col">Cost</th></tr></thead>'
    '<tbody><tr><th scope="row">Wait</th><td>None</td></tr></tbody></table>',
    "table over pages": '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody>'
    + '<tr><th scope="row">r</th><td>1</td></tr>' * 60
    + "</tbody></table>",
    "table with spans": '<table><tr><th scope="col" colspan="2">a</th><th scope="col">b</th></tr>'
    '<tr><th scope="rowgroup" rowspan="2">1</th><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr>'
    '<tr><td colspan="3">6</td></tr></table>',
    "table with blocks in cells": '<table><tr><th scope="col">a</th></tr><tr><td><p>x</p><ul><li>y</li></ul></td></tr></table>',
    "drawing": f"<figure>{DRAWING.format(id='a')}<figcaption>Who takes part</figcaption></figure>",
    "drawing with a label": '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A bar" width="9" height="9">'
    '<rect width="9" height="9"/></svg>',
    "decorative drawing": '<p>x <svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" width="9" height="9">'
    '<rect width="9" height="9"/></svg></p>',
    "image": f'<figure><img alt="A dot" src="{DOT}" width="90" height="90"><figcaption>A dot</figcaption></figure>',
    "decorative image": f'<p>x <img alt="" src="{DOT}"></p>',
    "background image": f'<div style="background:url({DOT})"><p>x</p></div>',
    "abbreviation": '<p><abbr title="Artificial Intelligence Act">AIA</abbr></p>',
    "parts in other languages": '<p>The <span lang="de">Gesetz</span>.</p><blockquote lang="fr"><p>Oui.</p></blockquote>',
    "inline elements": "<p><b>a</b> <i>b</i> <cite>c</cite> <q>d</q> <code>e</code> x<sup>2</sup> H<sub>2</sub>O "
    '<time datetime="2026">2026</time> <small>f</small> <mark>g</mark> <s>h</s> a<br>b</p>',
    "block elements": "<article><section><h2>a</h2><h3>b</h3><hr><pre>c\n d</pre></section></article><address>e</address>",
    "details": "<details open><summary>More</summary><p>Text.</p></details>",
    "aside that floats": f'<aside style="float:right;width:30%"><h2>Key</h2><p>x</p></aside>{WORDS}',
    "float over pages": f'<aside style="float:right;width:30%">{WORDS * 3}</aside>{WORDS * 4}',
    "grid": '<div style="display:grid;grid-template-columns:2fr 1fr;gap:5mm"><div>a</div><aside><p>b</p></aside></div>',
    "grid over pages": '<div style="display:grid;grid-template-columns:1fr 1fr">'
    + f"<div>{WORDS}</div>" * 12
    + "</div>",
    "flex": '<div style="display:flex;gap:5mm"><div>a</div><div><p>b</p></div><span>c</span></div>',
    "columns": f'<div style="columns:2">{WORDS * 4}</div>',
    "absolute": '<div style="position:relative"><p>x</p><div style="position:absolute;top:0;right:0"><p>y</p></div></div>',
    "running header": "<style>@page{@top-right{content:element(run)}}.run{position:running(run)}</style>"
    f'<div class="run">The <b>house</b></div>{WORDS}',
    "hidden": '<p hidden>x</p><p style="display:none">y</p><p style="visibility:hidden">z</p><p>shown</p><p></p><div></div>',
    "decorations": '<div style="border:1px solid;border-radius:4px;background:#eef;box-shadow:0 1px 3px #888"><p>x</p></div>',
}
