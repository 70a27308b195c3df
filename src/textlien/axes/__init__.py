"""Axes: what the study asks of every passage, coded by hand on some and predicted on all."""
