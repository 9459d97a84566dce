"""Let every row of a list of recipients fill the slots of its copy.

`openbrief merge` takes a CSV file: its first row names the columns, each row after it is a recipient. It is UTF-8, its
cells are parted by commas, semicolons or tabs. The columns that the brief's slots are made of must be there, and a
cell may be empty only where its slot has a `default`. Cells are plain words: Markdown, HTML and templates mean nothing
in them; control characters and what turns the direction of text around are refused, and so is what no font draws.
Words that are wider than their slot are refused too, since nothing on the page moves for them.

A cover letter, `cover:` below the brief's `recipient:`, has one page, and neither citations nor figures.

Two more columns may be there: `language` chooses among the languages that the brief is made in, and `file` names the
copy; no two rows may have one name.

Copies take the place of nobody else's files: what stands there and was not made by `openbrief merge`, as the folder's
journal tells, is named, and nothing is written.
"""
