"""Read YAML: text in, plain data with the place of every key and value out; and add to it.

Every scalar is text, or None where nothing, `~` or `null` is written without quotation marks; what a
text means is for the records to say. The only module that knows the yaml library.
"""

from pipeline.source.document import MAX_DEPTH, MAX_NODES, read
from pipeline.source.extend import extended
from pipeline.source.files import Parse, Reading, read_file, read_files, read_folder, remembering
from pipeline.source.part import only
from pipeline.source.plain import MAX_BYTES, text_of

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "Parse",
    "Reading",
    "extended",
    "only",
    "read",
    "read_file",
    "read_files",
    "read_folder",
    "remembering",
    "text_of",
]
