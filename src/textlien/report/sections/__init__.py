"""One module per section of the report, from tables to what its template shows.

Views are plain values without HTML, so that a spreadsheet or a document can show the same. Must not
import the templates or :mod:`textlien.report.build`, which put the sections together.
"""
