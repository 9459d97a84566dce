"""Link only to places that the brief has.

A link that starts with # leads to a heading or a figure of the same brief. When nothing there has that
id, it leads nowhere.

Good:

    # first-brief.yaml
    affected: Sailors, as [the board](https://example.org/board) says.

Bad:

    # first-brief.yaml
    affected: Sailors, as [the board](#the-board) says.
"""
