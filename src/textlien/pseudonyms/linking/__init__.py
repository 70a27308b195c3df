"""From mentions to persons and places, and a pseudonym for each.

Must not import ``review`` beyond the columns of its sheet.
"""
