"""Name a logo that assets/ has, and that is only drawn.

`logo` in house.yaml, below `brand`, is the path of an SVG file below assets/. It is drawn in white on
the masthead of every brief. It may hold shapes, groups and gradients; scripts, styles, images, links, fonts
and what drawing programs note for themselves have no place in a page that loads nothing and runs nothing.
"""
