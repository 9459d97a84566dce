"""Use no anchors, aliases, tags, merge keys or second documents.

These parts of YAML make a file mean something other than what it reads, and some have been used to run
programs or to fill a computer's memory. Text that starts with one of their signs stands in quotes.

Good:

    # first-brief.yaml
    affected: "*All* sailors."

Bad:

    # first-brief.yaml
    affected: !important All sailors.
"""
