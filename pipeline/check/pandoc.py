"""Heed what pandoc warns of.

pandoc turns the text into HTML. What it warns of is a problem of the brief, since a page that is put
out with a warning is one that nobody has looked at.
"""
