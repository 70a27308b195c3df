"""The report: one self-contained HTML page made from the tables of a run."""
