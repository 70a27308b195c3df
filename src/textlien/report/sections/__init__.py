"""One module a section of the report: tables → what its template shows.

Views are plain values without HTML, so that a spreadsheet or a document can show the same.
"""
