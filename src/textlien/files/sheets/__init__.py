"""Tables in sheets as people make them: titles above, two header rows, remarks beside and below.

Works on rows of text, whatever file they are from. Must not import ``csvfile`` or ``spreadsheet``.
"""
