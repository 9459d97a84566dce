"""Name a logo that assets/ has.

`logo` in house.yaml, below `brand`, is the path of an SVG file below assets/. It is drawn in white on
the masthead of every brief.
"""
