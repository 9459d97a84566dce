"""Link to the web or to an address for mail, and to nothing else.

A link to a file or a script could do harm to a reader, and works on no other computer. An address
starts with https://, http:// or mailto:.

Good:

    # first-brief.yaml
    affected: Sailors, as [the board](https://example.org/board) says.

Bad:

    # first-brief.yaml
    affected: Sailors, as [the board](javascript:alert) says.
"""
