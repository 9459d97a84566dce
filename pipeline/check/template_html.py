"""Let templates write only HTML that is allowed.

What the templates in templates/manuscript/ write is cleaned like everything else; elements and
attributes that are not on the list in pipeline/render/clean.py would vanish, so they are refused.
"""
