r"""Keep to one paragraph where one is printed.

A title, an item of a list and a cell of a table hold one paragraph. Lists and headings in them would
break the page; set them in `background` or another long text.

Good:

    # first-brief.yaml
    bottom_line: Every harbour should have a light, and the board should pay.

Bad:

    # first-brief.yaml
    bottom_line: "Every harbour should have a light.\n\nThe board should pay."
"""
