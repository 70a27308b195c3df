"""Execution of stages: which are up to date, where tables are kept, how work is spread.

``catalogue`` declares the stages, ``run`` plans and executes them; the only room that knows how the
run folder is laid out. Must not import ``commands`` or ``cli``.
"""
