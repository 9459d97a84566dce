"""Heed what the PDF engine warns of.

WeasyPrint sets the page on paper. What it warns of, such as a style that it doesn't know, is a problem
of the stylesheet or the template.
"""
