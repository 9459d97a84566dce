r"""Use no characters that a reader can't see.

Some characters turn the direction of text, take no room, or mean something to one program alone, so
that a text reads otherwise than it looks (Boucher and Anderson, "Trojan Source", 2021). The joiners
and direction marks that scripts and emoji need are allowed: U+200C to U+200F.

Good:

    # first-brief.yaml
    affected: Sailors of the North Sea.

Bad:

    # first-brief.yaml
    affected: "Sailors of the\u200b North Sea."
"""
