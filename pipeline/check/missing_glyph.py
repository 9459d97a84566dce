"""Use only characters that the bundled fonts can draw.

A character without a drawing is printed as an empty box, or in a font that happens to be on the
machine. Source Serif 4 and Source Sans 3 have the Latin, Greek and Cyrillic scripts.

Good:

    # first-brief.yaml
    affected: Sailors of the Ægean.

Bad:

    # first-brief.yaml
    affected: Sailors of 日本.
"""
