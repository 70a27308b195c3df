"""The report: one HTML page made from the tables of a run.

Takes tables, a study and problems as plain data; all its words are in the catalogue. Must not
import the pipeline or the command line, nor read a run folder.
"""
