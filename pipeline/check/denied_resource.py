"""Let the page ask for nothing outside the project.

The PDF engine may read fonts and pictures from assets/ and nothing else: no network, no other file.
Put what a stylesheet or template needs into assets/.
"""
