"""Take from other programs only what a source may hold.

`openbrief sources import` has BibTeX, RIS and CSL converted by pandoc. What CSL has no field for, a date that
nobody can read, an id that can't be cited: each is left out or replaced, and told, since nobody looks
for what is missing. A work without a title stops the import, and so does a file that pandoc can't read.
Nothing of such a file is written.
"""
