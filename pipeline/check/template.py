"""Write templates that can be rendered.

The problem stands at a line of a file in templates/, not in a brief. Undefined names, unknown filters
and endless loops stop the build.
"""
