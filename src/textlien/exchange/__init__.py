"""Results in the formats of other programs: IRaMuTeQ, spreadsheets.

Takes tables and a translator, gives texts and bytes. Must not import the pipeline, the report or
the command line: they call it.
"""
