"""Write YAML that can be read.

A file is read as YAML 1.2: keys and values with a colon and a space between them, lists whose items
start with `- `, and two spaces more for each level. Put quotes around a text that holds a colon and a
space, or that starts with one of ``@ ` % * & ! | > { [ # ? -``, and close them. Tabs are not allowed.
The rules are those of https://yaml.org/spec/1.2.2/. A PO file is read as gettext's manual has it
(https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html): each text in quotation marks, a
head that names UTF-8 and the file's own language.

Good:

    # first-brief.yaml
    why_now: "The board decides in May: before that, no light is built."

Bad:

    # first-brief.yaml
    why_now: The board decides in May: before that, no light is built.
"""
